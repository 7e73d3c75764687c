"""Which function does a work of a name."""

from collections.abc import Callable
from importlib import import_module
from typing import TypeVar

Function = TypeVar("Function", bound=Callable[..., str])
_functions: dict[str, Callable[..., str]] = {}


def work(name: str) -> Callable[[Function], Function]:
    """`@work("makers.import")` lets `start("makers.import", …)` run the function away from the request."""

    def register(function: Function) -> Function:
        known = _functions.setdefault(name, function)
        if (known.__module__, known.__qualname__) != (function.__module__, function.__qualname__):
            raise ValueError(f"Two works have the name {name}: {known.__module__}, {function.__module__}.")
        _functions[name] = function
        return function

    return register


def module_of(name: str) -> str:
    """Where a worker finds the function."""
    if name not in _functions:
        raise LookupError(f"No work has the name {name}: import the module with @work({name!r}) first.")
    return _functions[name].__module__


def function_of(name: str, module: str) -> Callable[..., str]:
    import_module(module)
    return _functions[name]

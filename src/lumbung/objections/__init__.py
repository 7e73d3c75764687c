"""Somebody asks why, is told why, or objects: reasons for who waits, objections and their answers."""

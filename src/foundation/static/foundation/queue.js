/* The entries that wait in this browser, read by the page and by the worker. An entry: number (its place), key, owner,
   url, fields, page, name, title, typed, at, state ("waiting" or "refused"), sentence, tried. */
const queue = (() => {
  let opened = null;

  function database() {
    opened ??= new Promise((found, failed) => {
      const opening = indexedDB.open("lumbung", 1);
      opening.onupgradeneeded = () => {
        opening.result.createObjectStore("entries", { keyPath: "number", autoIncrement: true });
        opening.result.createObjectStore("known");
      };
      opening.onsuccess = () => {
        opening.result.onversionchange = opening.result.onclose = () => { opening.result.close(); opened = null; };
        found(opening.result);
      };
      opening.onerror = () => { opened = null; failed(opening.error); };
    });
    return opened;
  }

  /* Resolves when it is on the disk, not before: the tab may be killed at any moment. */
  async function within(store, mode, deed) {
    const work = (await database()).transaction(store, mode, { durability: "strict" });
    let result;
    deed(work.objectStore(store), (value) => { result = value; });
    return new Promise((found, failed) => {
      work.oncomplete = () => found(result);
      work.onerror = work.onabort = () => failed(work.error);
    });
  }

  const asked = (request, give) => { request.onsuccess = () => give(request.result); };

  return {
    all: () => within("entries", "readonly", (entries, give) => asked(entries.getAll(), give)),
    get: (number) => within("entries", "readonly", (entries, give) => asked(entries.get(number), give)),
    put: (entry) => within("entries", "readwrite", (entries, give) => asked(entries.put(entry), give)),
    remove: (number) => within("entries", "readwrite", (entries) => entries.delete(number)),
    /* Not a put: what its person threw away meanwhile must not come back. */
    change: (number, told) => within("entries", "readwrite", (entries) => {
      asked(entries.get(number), (entry) => { if (entry) entries.put({ ...entry, ...told }); });
    }),
    remember: (name, value) => within("known", "readwrite", (known) => known.put(value, name)),
    known: (name) => within("known", "readonly", (known, give) => asked(known.get(name), give)),
  };
})();

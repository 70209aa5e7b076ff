// Keeps what the reader marks: first on this device, then as web annotations at the server. What waits has an entry of its
// own for each, so that two tabs do not write over each other; it is named here, so that it may be sent twice without harm.
import { csrfToken, kept, keysOf, statusOf } from "../modules/page.js";

const TYPE = 'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"';
const REFUSED = [404, 409, 412, 413, 422]; // sending it again would not help; anything else may pass

export function storeFor(panel) {
  const { api, marked: text, whole, beside } = panel.dataset;
  const shelf = `nok.note.${document.body.dataset.person}.`;
  const place = (id) => kept("localStorage", shelf + id);

  const ask = async (url, method, { body = null, version = 0, slug = "" } = {}) => {
    const response = await fetch(url, {
      method,
      headers: {
        "Content-Type": "application/json",
        Accept: TYPE,
        "X-CSRFToken": csrfToken(),
        ...(slug ? { Slug: slug } : {}),
        ...(version ? { "If-Match": `"${version}"` } : {}),
      },
      body: body && JSON.stringify(body),
      credentials: "same-origin",
      redirect: "manual",
    });
    const status = statusOf(response);
    const told = status === 401 || status === 204 ? {} : await response.json().catch(() => ({}));
    return { status, told, version: Number(response.headers.get("ETag")?.replaceAll(/\D/g, "")), message: told.message ?? "" };
  };

  const annotation = ({ start, end, quote, color, note, mediaMs }) => ({
    "@context": "http://www.w3.org/ns/anno.jsonld",
    type: "Annotation",
    ...(note ? { body: { type: "TextualBody", value: note } } : {}),
    target: {
      source: start === undefined ? whole : text,
      styleClass: color,
      ...(start === undefined ? {} : {
        selector: [{ type: "TextPositionSelector", start, end }, { type: "TextQuoteSelector", exact: quote }],
      }),
      ...(mediaMs === undefined ? {} : {
        selector: { type: "FragmentSelector", conformsTo: "http://www.w3.org/TR/media-frags/", value: `t=${mediaMs / 1000}` },
      }),
    },
  });

  /** Sends what waits under an id. `waits` says that it still does, for want of a network or of a sign-in. */
  const send = async ({ id, version, marked }) => {
    const body = annotation(marked);
    let answer;
    try {
      answer = await (version ? ask(`${api}${id}`, "PUT", { body, version }) : ask(api, "POST", { body, slug: id }));
    } catch {
      return { status: 0, waits: true };
    }
    if (answer.status >= 400 && !REFUSED.includes(answer.status)) return { ...answer, waits: true };
    if (answer.status < 400) place(id).write(null);
    return answer;
  };

  /** Keeps a new annotation, or with `known` (`{ id, version }`) a change of one. */
  const keep = (marked, known = null) => {
    const entry = { id: known?.id ?? newId(), version: known?.version, marked: { ...marked, of: text } };
    place(entry.id).write(entry);
    return send(entry).then((answer) => ({ ...answer, entry }));
  };

  const drop = (id) => place(id).write(null);

  /** What waits for this text: `[{ id, version, marked }]`. */
  const waiting = () => keysOf("localStorage", shelf)
    .map((key) => kept("localStorage", key).read())
    .filter((entry) => entry?.marked?.of === text);

  /** Sends what waits for this text; returns how many got through, and what was refused, with the reason. */
  const sendWaiting = async () => {
    const told = { sent: 0, refused: [] };
    for (const entry of waiting()) {
      const answer = await send(entry);
      if (answer.status && answer.status < 400) told.sent += 1;
      else if (!answer.waits) told.refused.push({ ...answer, entry });
    }
    return told;
  };

  const one = (id) => ask(`${api}${id}`, "GET").catch(() => ({ status: 0 }));
  const remove = (id, version) => ask(`${api}${id}`, "DELETE", { version }).catch(() => ({ status: 0 }));

  /** My notes as the server writes them for the place beside the text; null when that does not work. */
  const list = async (deleted = "") => {
    const asked = new URLSearchParams([...new Set([text, whole])].map((source) => ["source", source]));
    if (deleted) asked.set("deleted", deleted);
    const response = await fetch(`${beside}?${asked}`, { headers: { Accept: "text/html" }, credentials: "same-origin" }).catch(() => null);
    if (!response?.ok || response.redirected) return null;
    return new DOMParser().parseFromString(await response.text(), "text/html").querySelector("[data-notes-place]");
  };

  return { keep, drop, one, remove, list, waiting, sendWaiting };
}

// `randomUUID` is there on secure pages only; a clinic may reach its server by a plain address.
const newId = () => crypto.randomUUID?.() ?? "10000000-1000-4000-8000-100000000000".replaceAll(/[018]/g, (digit) =>
  (+digit ^ (crypto.getRandomValues(new Uint8Array(1))[0] & (15 >> (+digit / 4)))).toString(16));

// Keeps what the reader marks: as web annotations at the server, and on this device until the server has them.
import { csrfToken, kept, statusOf } from "../modules/page.js";

const TYPE = 'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"';

export function storeFor(panel) {
  const { api, marked: text, whole, beside } = panel.dataset;
  const person = document.body.dataset.person;
  const waiting = kept("localStorage", `nok.notes.${person}`);

  const ask = async (url, method, body, version) => {
    const response = await fetch(url, {
      method,
      headers: {
        "Content-Type": "application/json",
        Accept: TYPE,
        "X-CSRFToken": csrfToken(),
        ...(version ? { "If-Match": `"${version}"` } : {}),
      },
      body: body && JSON.stringify(body),
      credentials: "same-origin",
      redirect: "manual",
    });
    const status = statusOf(response);
    const told = status < 300 && status !== 204 ? await response.json() : null;
    const message = status >= 400 ? (await response.json().catch(() => ({}))).message : "";
    return { status, told, message };
  };

  const annotation = ({ start, end, quote, color, note, mediaMs }) => ({
    "@context": "http://www.w3.org/ns/anno.jsonld",
    type: "Annotation",
    ...(note ? { body: { type: "TextualBody", value: note } } : {}),
    target: {
      source: mediaMs === undefined ? text : whole,
      styleClass: color,
      selector: mediaMs === undefined
        ? [{ type: "TextPositionSelector", start, end }, { type: "TextQuoteSelector", exact: quote }]
        : { type: "FragmentSelector", conformsTo: "http://www.w3.org/TR/media-frags/", value: `t=${mediaMs / 1000}` },
    },
  });

  /** Sends one; what the network or an ended sign-in refuses waits on this device. */
  const make = async (marked) => {
    const body = annotation(marked);
    try {
      const answer = await ask(api, "POST", body);
      if (answer.status !== 401 && answer.status < 500) return answer;
      keep(body);
      return { ...answer, waits: true };
    } catch {
      keep(body);
      return { status: 0, waits: true };
    }
  };

  const keep = (body) => waiting.write([...(waiting.read() ?? []), body]);

  /** Sends what waits; returns how many got through. */
  const sendWaiting = async () => {
    const list = waiting.read() ?? [];
    if (!list.length) return 0;
    waiting.write(null);
    const left = [];
    let sent = 0;
    for (const body of list) {
      try {
        const { status } = await ask(api, "POST", body);
        if (status === 401 || status >= 500) left.push(body);
        else sent += 1; // or refused for good: it cannot be kept for ever
      } catch {
        left.push(body);
      }
    }
    if (left.length) waiting.write([...left, ...(waiting.read() ?? [])]);
    return sent;
  };

  const change = (id, version, marked) => ask(`${api}${id}`, "PUT", annotation(marked), version);
  const remove = (id, version) => ask(`${api}${id}`, "DELETE", null, version);

  /** My notes as the server writes them for the place beside the text; null when that does not work. */
  const list = async () => {
    const asked = new URLSearchParams([...new Set([text, whole])].map((source) => ["source", source]));
    const response = await fetch(`${beside}?${asked}`, { headers: { Accept: "text/html" }, credentials: "same-origin" });
    if (!response.ok || response.redirected) return null;
    return new DOMParser().parseFromString(await response.text(), "text/html").querySelector("[data-notes-place]");
  };

  return { make, change, remove, list, sendWaiting };
}

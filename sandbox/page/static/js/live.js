/** The line to the sandbox: changes come in, what people do goes out. */

const HEADERS = { "X-Sandbox": "page" };
const handlers = [];
let source = null;
let onFailure = () => {};

/** Call back with the data of every event of that name: state, phone, typing, job, next, scene and those of the panels. */
export function on(event, handle) {
  handlers.push([event, handle]);
  if (source) attach(event, handle);
}

/** Open the line; `onLine` learns whether it stands, `failed` hears of an act that the sandbox refused. */
export function connect(onLine, failed) {
  onFailure = failed;
  source = new EventSource("/live");
  handlers.forEach(([event, handle]) => attach(event, handle));
  source.addEventListener("open", () => onLine(true));
  source.addEventListener("error", () => onLine(false));
}

/** Do something on a phone: says, taps, presses, contact, location, reacts, edits, opens or types. */
export const act = (key, action, body = {}) => post(`/phones/${key}/${action}`, body);

/** Send a file from a phone as a document, photo, audio or voice. */
export function upload(key, file, as, caption = "") {
  const form = new FormData();
  form.append("as", as);
  form.append("caption", caption);
  form.append("file", file);
  return send(`/phones/${key}/file`, form, {});
}

/** POST JSON; `{ok, status, body}`, where `body` is the JSON of the answer, or null. */
export function post(path, body = {}) {
  return send(path, JSON.stringify(body), { "Content-Type": "application/json" });
}

async function send(path, body, headers) {
  try {
    const response = await fetch(path, { method: "POST", body, headers: { ...HEADERS, ...headers } });
    const json = response.headers.get("Content-Type")?.includes("json") ? await response.json() : null;
    if (!response.ok) onFailure(json?.detail ?? "");
    return { ok: response.ok, status: response.status, body: json };
  } catch {
    onFailure("");
    return { ok: false, status: 0, body: null };
  }
}

function attach(event, handle) {
  source.addEventListener(event, (message) => handle(JSON.parse(message.data)));
}

/** The line to the sandbox: changes come in, what people do goes out. */

const HEADERS = { "X-Sandbox": "page" };

/** Listen for `state`, `phone`, `job` and `next`; `onLine` learns whether the line stands. */
export function listen(handlers, onLine) {
  const source = new EventSource("/live");
  for (const [event, handle] of Object.entries(handlers)) {
    source.addEventListener(event, (message) => handle(JSON.parse(message.data)));
  }
  source.addEventListener("open", () => onLine(true));
  source.addEventListener("error", () => onLine(false));
}

/** Do something on a phone: says, taps, presses, contact or opens. */
export function act(key, action, body = {}) {
  return send(`/phones/${key}/${action}`, JSON.stringify(body), { "Content-Type": "application/json" });
}

/** Send a file from a phone. */
export function upload(key, file) {
  const form = new FormData();
  form.append("file", file);
  return send(`/phones/${key}/file`, form, {});
}

/** Choose what the robot does in the next job. */
export function script(behaviour) {
  return send("/robots/next", JSON.stringify({ behaviour }), { "Content-Type": "application/json" });
}

async function send(path, body, headers) {
  const response = await fetch(path, { method: "POST", body, headers: { ...HEADERS, ...headers } });
  return response.ok;
}

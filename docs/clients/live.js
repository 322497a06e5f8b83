// Live events of Balcão in a browser: comes back by itself and goes on where it was.
//
//   const stop = liveEvents({
//     url: "wss://balcao.example/ws/v1/events",
//     token: () => myToken,                 // asked anew for every connection; may return a promise
//     onEvent: ({ event, data }) => { … },
//     onLost: () => { … },                  // events were lost for good: read the state again
//   });

const LONGEST_WAIT = 30_000;
// The service pings every 30 s. A network that died says nothing, not even goodbye.
const LONGEST_SILENCE = 75_000;

export function liveEvents({ url, token, onEvent, onLost = () => {}, desde = null, firstWait = 1000 }) {
  let socket, timer;
  let wait = firstWait;
  let connected = false;
  let stopped = false;

  function later(work, milliseconds) {
    clearTimeout(timer);
    timer = setTimeout(work, milliseconds);
  }

  function comeBack() {
    if (stopped) return;
    // Not all pages of a process that restarts come back in the same moment.
    later(connect, wait * (0.5 + Math.random()));
    wait = Math.min(wait * 2, LONGEST_WAIT);
  }

  async function connect() {
    try {
      const address = new URL(url);
      address.searchParams.set("token", await token());
      if (desde !== null) address.searchParams.set("desde", desde);
      if (stopped) return;
      listen(new WebSocket(address));
    } catch {
      comeBack();
    }
  }

  function listen(opening) {
    socket = opening;
    socket.onopen = () => {
      // The last connection broke before it knew its place.
      if (connected && desde === null) onLost();
      connected = true;
      wait = firstWait;
      giveUpWhenSilent();
    };
    socket.onmessage = (message) => {
      giveUpWhenSilent();
      const event = JSON.parse(message.data);
      desde = event.id;
      if (event.event === "eventos_perdidos") onLost();
      else if (event.event !== "ping") onEvent(event);
    };
    // Whatever the reason: 1001 the process stops, 1013 we were too slow, 4401 a new token is needed, 1006 the network.
    socket.onclose = () => {
      if (socket === opening) comeBack();
    };
  }

  function giveUpWhenSilent() {
    const silent = socket;
    later(() => {
      silent.onclose = null;
      silent.close();
      comeBack();
    }, LONGEST_SILENCE);
  }

  connect();
  return () => {
    stopped = true;
    clearTimeout(timer);
    socket?.close();
  };
}

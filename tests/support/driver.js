// Playwright's driver for many clients: each connection on the socket is one, as if Node had been started for it alone.
// `node driver.js FOLDER SOCKET`, the folder Playwright's own; it ends with its standard input.
const net = require("net");

const [folder, path] = process.argv.slice(2);
require(`${folder}/bootstrap`);
const { server } = require(`${folder}/coreBundle`);

function serve(socket) {
  const client = new server.DispatcherConnection();
  const root = new server.RootDispatcher(client, async (scope, { sdkLanguage }) => {
    const playwright = server.createPlaywright({ sdkLanguage, isClientCollocatedWithServer: true });
    return new server.PlaywrightDispatcher(scope, playwright);
  });
  client.onmessage = (message) => {
    const text = Buffer.from(JSON.stringify(message));
    const size = Buffer.alloc(4);
    size.writeUInt32LE(text.length);
    socket.write(Buffer.concat([size, text]));
  };
  let read = Buffer.alloc(0);
  socket.on("data", (more) => {
    read = Buffer.concat([read, more]);
    for (let end; read.length >= 4 && read.length >= (end = 4 + read.readUInt32LE(0)); read = read.subarray(end)) {
      const message = JSON.parse(read.subarray(4, end));
      setImmediate(() => client.dispatch(message));
    }
  });
  socket.on("error", () => {});
  socket.on("close", () => {
    client.onmessage = () => {};
    root._dispose();
  });
}

net.createServer(serve).listen(path, () => console.log("listening"));
process.stdin.resume().on("end", () => process.exit(0));

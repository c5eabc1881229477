// Loaded by Node.js before Azurite: counts each request to it by service and verb. A line on the standard input is answered with all so far.
import http from 'node:http';
import readline from 'node:readline';

const services = new Map(['blob', 'queue', 'table'].map(
  (service) => [Number(process.argv[process.argv.indexOf(`--${service}Port`) + 1]), service]));
const counts = {};
const { emit } = http.Server.prototype;

http.Server.prototype.emit = function (event, request, ...rest) {
  if (event === 'request') {
    const key = `${services.get(request.socket.localPort)} ${request.method}`;
    counts[key] = (counts[key] ?? 0) + 1;
  }

  return emit.call(this, event, request, ...rest);
};

readline.createInterface({ input: process.stdin }).on('line', () => console.log(JSON.stringify(counts)));

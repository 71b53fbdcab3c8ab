import { createServer, type Server, type Socket, connect as tcpConnect } from 'node:net';

/** A line to a service that can be cut, silenced and mended, as a network can. */
export interface TcpProxy {
  readonly port: number;
  /** Breaks every connection and refuses new ones. */
  cut(): Promise<void>;
  /** Keeps connections open and takes new ones, but nothing gets through: an outage without a sign. */
  silence(): void;
  /** Lets everything through again. */
  mend(): Promise<void>;
  close(): Promise<void>;
}

/** Opens a line to a service, on a free port. */
export async function openProxy(target: { host: string; port: number }): Promise<TcpProxy> {
  const sockets = new Set<Socket>();
  let silent = false;
  const hold = (socket: Socket): Socket => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.once('close', () => sockets.delete(socket));
    return socket;
  };
  const server = createServer((near) => {
    hold(near);
    if (silent) return;
    const far = hold(tcpConnect(target));
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      from.on('data', (chunk) => {
        // What is sent into silence is gone: its connection never carries anything again.
        if (!silent) to.write(chunk);
      });
      from.once('close', () => to.destroy());
    }
  });
  const breakAll = () => {
    for (const socket of sockets) socket.destroy();
  };
  const port = await listen(server, 0);
  const cut = async () => {
    const closed = server.listening && new Promise((resolve) => server.close(resolve));
    breakAll();
    await closed;
  };
  return {
    port,
    cut,
    silence: () => {
      silent = true;
    },
    async mend() {
      if (silent) breakAll();
      silent = false;
      if (!server.listening) await listen(server, port);
    },
    close: cut,
  };
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.removeListener('error', reject);
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : 0);
    });
  });
}

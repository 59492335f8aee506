/** A site whose page is written for the vendor's plug-in: code of our own in the shape of the vendor's published script. */
import { createServer as createPlainServer, type RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { TlsCertificate } from './x509.ts';

/**
 * `openVendor(address)` connects and makes `vendor`, whose `call(name, …parameters)` gives the function's value;
 * `vendor.events` and `vendor.closed` are what happened unasked.
 */
const script = `
  globalThis.openVendor = (address = 'wss://127.0.0.1:21061/xtxapp/') => new Promise((resolve) => {
    const waiting = {}, queue = [], events = [];
    let count = 0, token = '';
    const socket = new WebSocket(address);
    const call = (name, ...param) => new Promise((done) => {
      const id = 'i_' + (count += 1);
      waiting[id] = done;
      const message = { call_cmd_id: id, CLSID: '3F367B74-92D9-4C5E-AB93-234F8A91D5E6', xtx_func_name: name,
        func: name, URL: location.href, param, ...(token ? { token } : {}) };
      param.forEach((value, index) => { message['param_' + (index + 1)] = value; });
      if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message));
      else queue.push(JSON.stringify(message));
    });
    const vendor = { socket, call, events, closed: null };
    socket.onopen = () => {
      while (queue.length) socket.send(queue.shift());
      resolve({ opened: true });
    };
    socket.onclose = ({ code }) => {
      vendor.closed = code;
      resolve({ opened: false, code });
    };
    socket.onmessage = ({ data }) => {
      const { call_cmd_id, retVal, retValue, token: given } = JSON.parse(data);
      if (given) token = given;
      if (waiting[call_cmd_id]) waiting[call_cmd_id](retVal ?? retValue);
      else events.push(call_cmd_id);
    };
    globalThis.vendor = vendor;
  });
  // As pages of old do: at once, before anything else is loaded.
  globalThis.atLoad = openVendor();`;

const page = `<!doctype html><meta charset="utf-8"><title>证书登录</title><script>${script}</script><p>请插入证书介质`;

export interface VendorSite {
  readonly port: number;
  close(): Promise<void>;
}

/** Every address of the site is that page; over TLS where a certificate is given. */
export async function startVendorSite(tls?: TlsCertificate): Promise<VendorSite> {
  const answer: RequestListener = (_, response) =>
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(page);
  const server =
    tls === undefined ? createPlainServer(answer) : createTlsServer({ key: tls.key, cert: tls.cert }, answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

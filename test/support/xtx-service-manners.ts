import type { WebSocket } from 'ws';
import type { XtxOutcome } from './xtx-service-functions.ts';

/** How an answer goes wrong. */
export type XtxManner =
  | 'sound'
  | 'silent'
  | 'garbage'
  | 'binary'
  | 'oversized'
  | 'wrongId'
  | 'twice'
  /** Answers to two calls come the second first. */
  | 'reversed'
  | 'closes'
  | 'loginError'
  /** A value of no use. */
  | 'nonsense'
  /** The value of a failure. */
  | 'fails'
  /** Booleans and numbers as text, the value as `retValue`. */
  | 'texts'
  /** A message without `call_cmd_id`, an empty one and an event before the answer. */
  | 'chatty';

/** Answers a call in a manner; `reversed` holds what comes later. */
export function answerCall(
  page: WebSocket,
  id: unknown,
  { value, token, loginError }: XtxOutcome,
  manner: XtxManner,
  reversed: (() => void)[],
): void {
  const reply = {
    call_cmd_id: id,
    retVal: value,
    ...(token && { token }),
    ...(loginError && { loginError }),
  };
  const send = (message: object | string) =>
    page.send(typeof message === 'string' ? message : JSON.stringify(message));
  switch (manner) {
    case 'sound':
      return send(reply);
    case 'silent':
      return;
    case 'garbage':
      return send('<html>no json</html>');
    case 'binary':
      return page.send(Buffer.from(JSON.stringify(reply)));
    case 'oversized':
      return send({ ...reply, retVal: 'x'.repeat(2_000_000) });
    case 'wrongId':
      return send({ ...reply, call_cmd_id: `${String(id)}0` });
    case 'twice':
      send(reply);
      return send({ ...reply, retVal: '' });
    case 'reversed':
      reversed.push(() => send(reply));
      if (reversed.length < 2) return;
      for (const late of reversed.splice(0).toReversed()) late();
      return;
    case 'closes':
      return page.terminate();
    case 'loginError':
      return send({ ...reply, retVal: '', loginError: '1' });
    case 'nonsense':
      return send({ ...reply, retVal: 'nonsense!' });
    case 'fails':
      return send({ ...reply, retVal: '' });
    case 'texts': {
      const { retVal, ...others } = reply;
      return send({ ...others, retValue: String(retVal) });
    }
    case 'chatty':
      send('');
      send({ hello: 'there' });
      send({ call_cmd_id: 'onUsbkeyChange' });
      return send(reply);
  }
}

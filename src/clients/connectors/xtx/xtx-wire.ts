import * as v from 'valibot';
import { CodedError } from '../../../protocol/coded-error.ts';

/** Functions of XTXAppCOM that the connector calls, by the names that the vendor's own script sends (`XTX.md`). */
export type XtxFunction =
  | 'SOF_GetVersion'
  | 'SOF_GetUserList'
  | 'SOF_ExportUserCert'
  | 'SOF_ExportExChangeUserCert'
  | 'SOF_Login'
  | 'SOF_SignDataBase64'
  | 'SOF_DecryptData'
  | 'SOF_PriKeyDecrypt'
  | 'SOF_GetLastError';

/** Class id of XTXAppCOM.XTXApp.1. */
const classId = '3F367B74-92D9-4C5E-AB93-234F8A91D5E6';

/** What a logged-in caller sends along: newer services give a token, older ones a cookie. */
export interface XtxCredentials {
  readonly token?: string;
  readonly cookie?: string;
}

export interface XtxCall {
  readonly id: string;
  readonly name: XtxFunction;
  readonly args: readonly string[];
}

/** One call as text. Parameters go twice, as older and as newer services read them. */
export function encodeXtxCall({ id, name, args }: XtxCall, { token, cookie }: XtxCredentials): string {
  const numbered = Object.fromEntries(args.map((arg, index) => [`param_${index + 1}`, arg]));
  return JSON.stringify({
    call_cmd_id: id,
    CLSID: classId,
    xtx_func_name: name,
    func: name,
    // The page's address in the vendor's script; here is no page, and what the service does with it is not published.
    URL: '',
    ...numbered,
    param: args,
    ...(token === undefined ? {} : { token }),
    ...(cookie === undefined ? {} : { cookie }),
  });
}

const valueSchema = v.optional(v.nullable(v.union([v.string(), v.number(), v.boolean()])));
/** `undefined` where the service gave none. */
export type XtxValue = v.InferOutput<typeof valueSchema>;

const messageSchema = v.object({
  call_cmd_id: v.optional(v.union([v.string(), v.number()])),
  retVal: valueSchema,
  retValue: valueSchema,
  token: v.optional(v.string()),
  'set-cookie': v.optional(v.string()),
  loginError: v.optional(v.unknown()),
});

export interface XtxReply {
  readonly kind: 'reply';
  readonly id: string;
  readonly value: XtxValue;
  readonly credentials: XtxCredentials;
  /** The service says that the caller is not, or no longer, logged in. */
  readonly loginError: boolean;
}

export type XtxMessage = XtxReply | { readonly kind: 'keyChange' } | { readonly kind: 'other' };

/**
 * What the service says. `other` is what the vendor's script passes over in silence: an empty text, or an object
 * without `call_cmd_id`.
 * @throws CodedError `VENDOR_PROTOCOL` for anything else that is none of its messages
 */
export function decodeXtxMessage(text: string): XtxMessage {
  if (text === '') return { kind: 'other' };
  const decoded = v.safeParse(messageSchema, parse(text));
  if (!decoded.success) throw new CodedError('VENDOR_PROTOCOL', 'no message of the service');
  const { call_cmd_id, retVal, retValue, token, loginError } = decoded.output;
  if (call_cmd_id === undefined) return { kind: 'other' };
  const id = String(call_cmd_id);
  if (id.toLowerCase() === 'onusbkeychange') return { kind: 'keyChange' };
  const cookie = decoded.output['set-cookie'];
  return {
    kind: 'reply',
    id,
    value: retValue ?? retVal,
    credentials: { ...(token ? { token } : {}), ...(cookie ? { cookie } : {}) },
    loginError: isSaid(loginError),
  };
}

/** An object of any members, or undefined. */
function parse(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? undefined : value;
  } catch {
    return undefined;
  }
}

/** Its type is not published: anything but a plain no counts. */
function isSaid(loginError: unknown): boolean {
  const plainNo: readonly unknown[] = [undefined, null, false, 0, '', '0', 'false'];
  return !plainNo.includes(loginError);
}

/** A value as text, the empty one where there is none. */
export function textOf(value: XtxValue): string {
  return typeof value === 'string' ? value : value === undefined || value === null ? '' : String(value);
}

/** A value as truth; services also write it as text. */
export function truthOf(value: XtxValue): boolean {
  return typeof value === 'string' ? value === 'true' : value === true;
}

/** A value as a number, −1 where it is none; services also write it as text. */
export function numberOf(value: XtxValue): number {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isSafeInteger(number) ? number : -1;
}

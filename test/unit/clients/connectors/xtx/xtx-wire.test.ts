import { describe, expect, it, test } from 'vitest';
import {
  decodeXtxMessage,
  encodeXtxCall,
  numberOf,
  textOf,
  truthOf,
} from '../../../../../src/clients/connectors/xtx/xtx-wire.ts';

const call = { id: 'i_7', name: 'SOF_SignDataBase64', args: ['cert-1', 'aGVsbG8='] } as const;

describe('a call', () => {
  it('names function and parameters as older and as newer services read them', () => {
    expect(JSON.parse(encodeXtxCall(call, {}))).toEqual({
      call_cmd_id: 'i_7',
      CLSID: '3F367B74-92D9-4C5E-AB93-234F8A91D5E6',
      xtx_func_name: 'SOF_SignDataBase64',
      func: 'SOF_SignDataBase64',
      URL: '',
      param_1: 'cert-1',
      param_2: 'aGVsbG8=',
      param: ['cert-1', 'aGVsbG8='],
    });
  });

  it('has an empty list of parameters where the function has none', () => {
    const sent = JSON.parse(encodeXtxCall({ id: 'i_1', name: 'SOF_GetVersion', args: [] }, {}));
    expect(sent).toMatchObject({ param: [] });
    expect(sent).not.toHaveProperty('param_1');
  });

  it('carries token and cookie where the service gave them', () => {
    expect(JSON.parse(encodeXtxCall(call, { token: 't', cookie: 'c' }))).toMatchObject({
      token: 't',
      cookie: 'c',
    });
    expect(JSON.parse(encodeXtxCall(call, {}))).not.toHaveProperty('token');
  });
});

describe('a reply', () => {
  const reply = { kind: 'reply', id: 'i_1', credentials: {}, loginError: false };

  test.each([
    ['retVal', { call_cmd_id: 'i_1', retVal: 'x' }, { ...reply, value: 'x' }],
    ['retValue before retVal', { call_cmd_id: 'i_1', retVal: 'x', retValue: 'y' }, { ...reply, value: 'y' }],
    ['no value', { call_cmd_id: 'i_1' }, { ...reply, value: undefined }],
    ['null', { call_cmd_id: 'i_1', retVal: null }, { ...reply, value: null }],
    ['a numbered id', { call_cmd_id: 3, retVal: true }, { ...reply, id: '3', value: true }],
    [
      'a token',
      { call_cmd_id: 'i_1', retVal: 'true', token: 't' },
      { ...reply, value: 'true', credentials: { token: 't' } },
    ],
    [
      'a cookie',
      { call_cmd_id: 'i_1', retVal: true, 'set-cookie': 'c=1' },
      { ...reply, value: true, credentials: { cookie: 'c=1' } },
    ],
    ['an empty token', { call_cmd_id: 'i_1', retVal: true, token: '' }, { ...reply, value: true }],
    ['members that nobody knows', { call_cmd_id: 'i_1', retVal: 1, x: {} }, { ...reply, value: 1 }],
  ])('with %s', (_, message, expected) => {
    expect(decodeXtxMessage(JSON.stringify(message))).toEqual(expected);
  });

  test.each([
    [true, true],
    ['1', true],
    ['not logged in', true],
    [-1, true],
    [false, false],
    ['false', false],
    ['', false],
    [0, false],
    [null, false],
  ])('says with loginError %j: %s', (loginError, expected) => {
    const message = decodeXtxMessage(JSON.stringify({ call_cmd_id: 'i_1', retVal: '', loginError }));
    expect(message).toMatchObject({ loginError: expected });
  });
});

describe('a message unasked', () => {
  test.each(['onUsbkeyChange', 'onusbkeychange', 'OnUsbKeyChange'])('%s is a change of keys', (name) => {
    expect(decodeXtxMessage(JSON.stringify({ call_cmd_id: name }))).toEqual({ kind: 'keyChange' });
  });

  test.each(['', '{}', '{"retVal":"x"}'])('%j is passed over', (text) => {
    expect(decodeXtxMessage(text)).toEqual({ kind: 'other' });
  });

  test.each([
    '<html>',
    '{"call_cmd_id":"i_1"',
    '[]',
    'null',
    '"i_1"',
    '7',
    '{"call_cmd_id":{}}',
    '{"call_cmd_id":"i_1","retVal":{}}',
    '{"call_cmd_id":"i_1","retVal":["x"]}',
    '{"call_cmd_id":"i_1","token":7}',
  ])('%j is none of the service', (text) => {
    expect(() => decodeXtxMessage(text)).toThrow('VENDOR_PROTOCOL');
  });
});

test.each([
  [true, true],
  ['true', true],
  [false, false],
  ['false', false],
  ['True', false],
  [1, false],
  ['', false],
  [null, false],
  [undefined, false],
])('%j is %s as truth', (value, expected) => {
  expect(truthOf(value)).toBe(expected);
});

test.each([
  [5, 5],
  ['5', 5],
  ['-1', -1],
  ['', -1],
  ['x', -1],
  [1.5, -1],
  [true, -1],
  [null, -1],
  [undefined, -1],
])('%j is %d as a number', (value, expected) => {
  expect(numberOf(value)).toBe(expected);
});

test.each([
  ['x', 'x'],
  [true, 'true'],
  [-1, '-1'],
  [null, ''],
  [undefined, ''],
])('%j is %j as text', (value, expected) => {
  expect(textOf(value)).toBe(expected);
});

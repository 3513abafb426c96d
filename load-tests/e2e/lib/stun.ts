import { createHmac, randomBytes } from 'node:crypto';

const COOKIE = 0x2112a442;

/** A STUN binding request as a stranger might send it; without a password it carries no integrity. */
export function bindingRequest(username: string, password?: string): Buffer {
  const attributes = [attribute(0x0006, Buffer.from(username)), attribute(0x0024, Buffer.from([0x6e, 0, 1, 0xff]))];
  if (password === undefined) return message(Buffer.concat(attributes), 0);
  const signed = message(Buffer.concat(attributes), 24);
  const integrity = createHmac('sha1', password).update(signed).digest();
  attributes.push(attribute(0x0008, integrity));
  return message(Buffer.concat(attributes), 0, signed.subarray(8, 20));
}

function message(attributes: Buffer, more: number, transaction: Uint8Array = randomBytes(12)): Buffer {
  const header = Buffer.alloc(20);
  header.writeUInt16BE(0x0001, 0);
  header.writeUInt16BE(attributes.length + more, 2);
  header.writeUInt32BE(COOKIE, 4);
  header.set(transaction, 8);
  return Buffer.concat([header, attributes]);
}

function attribute(type: number, value: Buffer): Buffer {
  const padded = Buffer.alloc(4 + Math.ceil(value.length / 4) * 4);
  padded.writeUInt16BE(type, 0);
  padded.writeUInt16BE(value.length, 2);
  value.copy(padded, 4);
  return padded;
}

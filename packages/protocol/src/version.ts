/** The version of the wire contract. Raised whenever a message changes its shape; a test that hashes the schemas holds it. */
export const protocolVersion = 1;

/** The WebSocket subprotocol both sides must name: a client of another version is refused at the handshake. */
export const subprotocol = `kindscope.v${protocolVersion}`;

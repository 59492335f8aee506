/** Version of the clients; that of the product. */
export const clientVersion = '0.1.0';

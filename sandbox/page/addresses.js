// Which addresses the page may load from: this machine's, and nothing else. A picture elsewhere
// would tell its server that somebody looked.

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/**
 * The address to load `url` from, on the page's own origin; null when it points off this machine.
 * Discord's files are given by their absolute address, which may spell the host differently.
 */
export function localAddress(url) {
  let address;
  try {
    address = new URL(url, location.href);
  } catch {
    return null;
  }
  if (!["http:", "https:"].includes(address.protocol)) return null;
  if (address.origin === location.origin) return address.href;
  const samePort = address.port === location.port;
  return LOOPBACK.test(address.hostname) && samePort ? address.pathname + address.search : null;
}

/** A link a person may follow by a click: web addresses only. */
export function linkAddress(url) {
  return /^https?:\/\//i.test(url ?? "") ? url : null;
}

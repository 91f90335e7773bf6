import { BlockList, isIP } from 'node:net'

type Range = readonly [network: string, prefix: number]

// IANA's special-purpose registries (RFC 6890 and its successors): nothing of the public internet is here.
const refusedV4: readonly Range[] = [
  ['0.0.0.0', 8], // this network
  ['10.0.0.0', 8], // private
  ['100.64.0.0', 10], // carrier-grade NAT
  ['127.0.0.0', 8], // loopback
  ['169.254.0.0', 16], // link-local, cloud metadata
  ['172.16.0.0', 12], // private
  ['192.0.0.0', 24], // protocol assignments
  ['192.0.2.0', 24], // documentation
  ['192.88.99.0', 24], // 6to4 relay
  ['192.168.0.0', 16], // private
  ['198.18.0.0', 15], // benchmarking
  ['198.51.100.0', 24], // documentation
  ['203.0.113.0', 24], // documentation
  ['224.0.0.0', 4], // multicast
  ['240.0.0.0', 4], // reserved, broadcast
]
// Of IPv6 only 2000::/3 is in use as public space; these are the exceptions within it. Those that carry an
// IPv4 address (6to4, Teredo) would be a way around the list above.
const refusedV6: readonly Range[] = [
  ['2001::', 23], // protocol assignments, Teredo
  ['2001:db8::', 32], // documentation
  ['2002::', 16], // 6to4
  ['3fff::', 20], // documentation
]
// Metadata services that some clouds put on an otherwise public address.
const refusedHosts = ['168.63.129.16']

const refused = new BlockList()
for (const [network, prefix] of refusedV4) refused.addSubnet(network, prefix, 'ipv4')
for (const [network, prefix] of refusedV6) refused.addSubnet(network, prefix, 'ipv6')
for (const host of refusedHosts) refused.addAddress(host, 'ipv4')

const publicV6 = new BlockList()
publicV6.addSubnet('2000::', 3, 'ipv6')

/**
 * Whether an IP address belongs to the public internet. Anything that is not plainly public is not:
 * private, loopback, link-local, metadata, IPv4 mapped into IPv6, translation prefixes, no address at all.
 */
export function isPublicAddress(address: string): boolean {
  switch (isIP(address)) {
    case 4:
      return !refused.check(address, 'ipv4')
    case 6:
      return publicV6.check(address, 'ipv6') && !refused.check(address, 'ipv6')
    default:
      return false
  }
}

import { createHash, generateKeyPairSync, randomBytes, sign, X509Certificate } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { AsnConvert, OctetString } from '@peculiar/asn1-schema'
import {
  AlgorithmIdentifier,
  AttributeTypeAndValue,
  AttributeValue,
  AuthorityKeyIdentifier,
  BasicConstraints,
  Certificate,
  ExtendedKeyUsage,
  Extension,
  Extensions,
  GeneralName,
  GeneralSubtree,
  GeneralSubtrees,
  id_ce_authorityKeyIdentifier,
  id_ce_basicConstraints,
  id_ce_extKeyUsage,
  id_ce_keyUsage,
  id_ce_nameConstraints,
  id_ce_subjectAltName,
  id_ce_subjectKeyIdentifier,
  id_kp_serverAuth,
  KeyIdentifier,
  KeyUsage,
  KeyUsageFlags,
  Name,
  NameConstraints,
  RelativeDistinguishedName,
  SubjectAlternativeName,
  SubjectKeyIdentifier,
  SubjectPublicKeyInfo,
  TBSCertificate,
  Validity,
  Version,
} from '@peculiar/asn1-x509'
import { permittedDomains } from './machine-names.ts'
import type { MachineNames } from './machine-names.ts'

/** What is made together and belongs together. */
export interface Issued {
  certificate: X509Certificate
  key: KeyObject
}

const dayMs = 86_400_000
/** The clock of a phone or a container may be behind this one. */
const backdatedMs = dayMs
const authorityDays = 3650
/** Browsers and Apple refuse a server certificate that is valid for longer. */
const serverDays = 397

const ecdsaWithSha256 = '1.2.840.10045.4.3.2'
const [commonName, organization] = ['2.5.4.3', '2.5.4.10']

/**
 * P-256 throughout: every client that an SDK brings along verifies it, Java 8 and PHP 5 included, and a handshake
 * costs a tenth of what RSA costs.
 */
function makeKeys(): { publicKey: KeyObject; privateKey: KeyObject } {
  return generateKeyPairSync('ec', { namedCurve: 'P-256' })
}

/** A certificate authority that signs for this machine only: see `permittedDomains`. `now` is epoch milliseconds. */
export function makeAuthority(machine: string, now: number): Issued {
  const { publicKey, privateKey } = makeKeys()
  const subject = nameOf([
    [organization, 'Trackside'],
    [commonName, `Trackside local CA (${machine})`.slice(0, 64)],
  ])
  const certificate = issue({
    subject,
    issuer: subject,
    publicKey,
    signer: privateKey,
    from: now - backdatedMs,
    days: authorityDays,
    extensions: [
      extension(id_ce_basicConstraints, new BasicConstraints({ cA: true, pathLenConstraint: 0 }), 'critical'),
      extension(id_ce_keyUsage, new KeyUsage(KeyUsageFlags.keyCertSign), 'critical'),
      extension(id_ce_subjectKeyIdentifier, new SubjectKeyIdentifier(keyIdentifier(publicKey))),
      // Not critical, against the letter of RFC 5280: a client that does not know it would refuse to connect at all.
      extension(id_ce_nameConstraints, permitted),
    ],
  })
  return { certificate, key: privateKey }
}

/** A server's certificate for these names, valid for 397 days but no longer than its authority. */
export function makeServerCertificate(authority: Issued, names: MachineNames, now: number): Issued {
  const { publicKey, privateKey } = makeKeys()
  const from = now - backdatedMs
  const daysLeft = Math.floor((authority.certificate.validToDate.getTime() - from) / dayMs)
  const certificate = issue({
    subject: nameOf([
      [organization, 'Trackside'],
      [commonName, 'localhost'],
    ]),
    issuer: AsnConvert.parse(authority.certificate.raw, Certificate).tbsCertificate.subject,
    publicKey,
    signer: authority.key,
    from,
    days: Math.min(serverDays, daysLeft),
    extensions: [
      extension(id_ce_basicConstraints, new BasicConstraints({ cA: false }), 'critical'),
      extension(id_ce_keyUsage, new KeyUsage(KeyUsageFlags.digitalSignature), 'critical'),
      extension(id_ce_extKeyUsage, new ExtendedKeyUsage([id_kp_serverAuth])),
      extension(id_ce_subjectKeyIdentifier, new SubjectKeyIdentifier(keyIdentifier(publicKey))),
      extension(
        id_ce_authorityKeyIdentifier,
        new AuthorityKeyIdentifier({
          keyIdentifier: new KeyIdentifier(keyIdentifier(authority.certificate.publicKey)),
        }),
      ),
      extension(
        id_ce_subjectAltName,
        new SubjectAlternativeName([
          ...names.domains.map((dNSName) => new GeneralName({ dNSName })),
          ...names.addresses.map((iPAddress) => new GeneralName({ iPAddress })),
        ]),
      ),
    ],
  })
  return { certificate, key: privateKey }
}

const permitted = new NameConstraints({
  permittedSubtrees: new GeneralSubtrees(
    permittedDomains.map((dNSName) => new GeneralSubtree({ base: new GeneralName({ dNSName }), minimum: 0 })),
  ),
})

interface Draft {
  subject: Name
  issuer: Name
  publicKey: KeyObject
  signer: KeyObject
  /** Epoch milliseconds. */
  from: number
  days: number
  extensions: Extension[]
}

function issue({ subject, issuer, publicKey, signer, from, days, extensions }: Draft): X509Certificate {
  const signatureAlgorithm = new AlgorithmIdentifier({ algorithm: ecdsaWithSha256 })
  const tbsCertificate = new TBSCertificate({
    version: Version.v3,
    serialNumber: serialNumber(),
    signature: signatureAlgorithm,
    issuer,
    // The last second belongs to it.
    validity: new Validity({ notBefore: new Date(from), notAfter: new Date(from + days * dayMs - 1000) }),
    subject,
    subjectPublicKeyInfo: AsnConvert.parse(spki(publicKey), SubjectPublicKeyInfo),
    extensions: new Extensions(extensions),
  })
  const signature = sign('sha256', Buffer.from(AsnConvert.serialize(tbsCertificate)), signer)
  const certificate = new Certificate({
    tbsCertificate,
    signatureAlgorithm,
    signatureValue: exactBuffer(signature),
  })
  return new X509Certificate(Buffer.from(AsnConvert.serialize(certificate)))
}

function nameOf(parts: readonly (readonly [type: string, text: string])[]): Name {
  return new Name(
    parts.map(
      ([type, utf8String]) =>
        new RelativeDistinguishedName([
          new AttributeTypeAndValue({ type, value: new AttributeValue({ utf8String }) }),
        ]),
    ),
  )
}

function extension(extnID: string, value: object, criticality?: 'critical'): Extension {
  return new Extension({
    extnID,
    critical: criticality === 'critical',
    extnValue: new OctetString(AsnConvert.serialize(value)),
  })
}

/** Positive, and never the same twice: clients refuse two certificates of one issuer and one number. */
function serialNumber(): ArrayBuffer {
  const bytes = randomBytes(16)
  bytes[0] = ((bytes[0] ?? 0) & 0x7f) | 0x40
  return exactBuffer(bytes)
}

/** RFC 7093, method 1: the first 160 bits of the SHA-256 of the key's bits. */
function keyIdentifier(publicKey: KeyObject): ArrayBuffer {
  const { subjectPublicKey } = AsnConvert.parse(spki(publicKey), SubjectPublicKeyInfo)
  return exactBuffer(createHash('sha256').update(Buffer.from(subjectPublicKey)).digest().subarray(0, 20))
}

function spki(publicKey: KeyObject): Buffer {
  return publicKey.export({ type: 'spki', format: 'der' })
}

/** The bytes alone: a Buffer is a view into a larger one. */
function exactBuffer(bytes: Buffer): ArrayBuffer {
  const exact = new ArrayBuffer(bytes.length)
  new Uint8Array(exact).set(bytes)
  return exact
}

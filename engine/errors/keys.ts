import type { ErrorRow } from './kinds.js';

/** Codes of keys and of what they encrypt. */
export const KEY_ERRORS = {
  KEY_ID_INVALID: {
    kind: 'failure',
    text: "Expected the id of a customer key to be a lower-case UUID or 'system', but it is '{keyId}'; take the id that creating the key returned.",
  },
  KEY_ID_MISSING: {
    kind: 'failure',
    text: "Expected a workflow id that names a customer key ('p.', 'c.', 's.' or 't.' and the key id), but it is '{workflowId}'; start the workflow under such an id, and pass the serialization context when completing by task token.",
  },
  KEY_SHREDDED: {
    kind: 'failure',
    text: "Expected key '{keyId}' to be there, but it was destroyed on purpose; what it encrypted is gone for good.",
  },
  KEY_SYSTEM_KEPT: {
    kind: 'failure',
    text: "Expected the key of a customer, but '{keyId}' is the deployment's own; destroy customer keys only.",
  },
  KEY_UNKNOWN: {
    kind: 'failure',
    text: "Expected key '{keyId}' in the keyring, but it never was there; create it, or check that this is the keyring of this data.",
  },
  KEYRING_DAMAGED: {
    kind: 'failure',
    text: "Expected '{file}' of the keyring to be whole, but {detail}; restore the keyring folder from its backup.",
  },
  KEYRING_LOCKED: {
    kind: 'failure',
    text: "Expected the keyring '{folder}' to be free, but process {pid} has changed it for {seconds} s; stop that process or wait.",
  },
  MASTER_KEY_INVALID: {
    kind: 'failure',
    text: "Expected {source} to hold 32 random bytes in base64 or hex, but {detail}; make one with 'openssl rand -base64 32'.",
  },
  MASTER_KEY_WRONG: {
    kind: 'failure',
    text: "Expected the master key that keyring '{folder}' was made with, but the given one does not fit; set JORNADA_MASTER_KEY or JORNADA_MASTER_KEY_FILE to it, or unset both if there was none.",
  },
  PAYLOAD_NOT_ENCRYPTED: {
    kind: 'failure',
    text: "Expected an encrypted payload, but got '{encoding}'; send it through a client that has the data converter of Jornada.",
  },
  PAYLOAD_REFUSED: {
    kind: 'failure',
    text: "Expected a payload of key '{keyId}' that nobody touched, but {detail}; treat it as tampering and look into who can write to the database of Temporal.",
  },
  SEALED_VALUE_REFUSED: {
    kind: 'failure',
    text: "Expected what was sealed at {place} under key '{keyId}', but {detail}; treat it as tampering and look into who can write to the database.",
  },
} as const satisfies Record<string, ErrorRow>;

import type { Words } from './words.ts'

const wordsByReference: Readonly<Partial<Record<string, Words>>> = {
  'not-an-origin': {
    title: 'This is not an address of a Carolina Cloud API.',
    text: 'It should look like https://migrate.example.org, with nothing after the name but perhaps a port.',
  },
  'not-https': {
    title: 'The address has to begin with https://.',
    text: 'Your API key is sent there, so the connection must be encrypted. Only this computer itself may do without.',
  },
  fixed: {
    title: 'The address is fixed on this computer.',
    text: 'It is set by CAROLINA_API_ORIGIN in the environment. Ask whoever manages this computer to change it there.',
  },
}

const nothingThere: Words = {
  title: 'No Carolina Cloud API answers at this address.',
  text: 'Nothing was changed. Check the address, and that the service there is running, then try again.',
}

/** Why an address is none of an API. `reference`: what is wrong with it, or what was found there. */
export function apiOriginWords(reference: string | undefined): Words {
  return wordsByReference[reference ?? ''] ?? nothingThere
}

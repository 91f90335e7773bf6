import { Secret } from '#shared/domain/secret.ts'

/** The same database, with another schema in the place of `public`. */
export function inSchema(url: Secret, schema: string): Secret {
  return Secret.of(`${url.reveal()}?options=${encodeURIComponent(`-c search_path=${schema}`)}`)
}

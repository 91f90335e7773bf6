import { z } from 'zod'
import { type Endpoint, endpoints } from '#shared/contract/endpoints.ts'
import { HEARTBEAT_HEADER, IDEMPOTENCY_KEY_HEADER, LAST_EVENT_ID_HEADER, REQUEST_ID_HEADER } from '#shared/contract/headers.ts'
import { type ProblemCode, problemDetailsSchema, problems } from '#shared/contract/problems.ts'
import { createMigrationSchema } from '#shared/contract/create-migration.ts'
import {
  accountViewSchema,
  destinationViewSchema,
  logLineSchema,
  migrationViewSchema,
  objectExceptionSchema,
  sealedSecretSchema,
} from '#shared/contract/schemas.ts'
import { fileHeaders, reportFiles } from './openapi-files.ts'

type Json = Readonly<Record<string, unknown>>

/** What any endpoint may answer, besides its own problems. */
const commonProblems: readonly ProblemCode[] = [
  'unauthenticated',
  'not-found',
  'method-not-allowed',
  'rate-limited',
  'internal',
  'unavailable',
]

type Registry = ReturnType<typeof createRegistry>
const createRegistry = () => z.registry<{ id: string }>()
/** Schemas by the names they have in the document. */
interface Named {
  readonly answers: Registry
  readonly requests: Registry
}

/** B14: the contract as an OpenAPI 3.1 document; nothing is written twice. */
export function createOpenApiDocument(): Json {
  const named = nameSchemas()
  return {
    openapi: '3.1.0',
    info: {
      title: 'Carolina Cloud migrations',
      version: '1',
      description:
        'Moves an S3 bucket into a Carolina Cloud bucket. Problems follow RFC 9457; their codes are a closed list.',
      contact: { email: 'support@carolinacloud.io' },
    },
    security: [{ apiKey: [] }],
    paths: pathsOf(named),
    components: {
      securitySchemes: {
        apiKey: { type: 'http', scheme: 'bearer', description: 'The API key of the dashboard: Settings > API Key.' },
      },
      schemas: { ...schemasOf(named.answers, 'output'), ...schemasOf(named.requests, 'input') },
      headers: { RequestId: { description: 'The request’s id, to quote to support.', schema: { type: 'string' } } },
    },
  }
}

function nameSchemas(): Named {
  const [answers, requests] = [createRegistry(), createRegistry()]
  register(answers, problemDetailsSchema, 'Problem')
  register(answers, accountViewSchema, 'Account')
  register(answers, destinationViewSchema, 'Destination')
  register(answers, migrationViewSchema, 'Migration')
  register(answers, logLineSchema, 'LogLine')
  register(answers, objectExceptionSchema, 'ObjectException')
  register(requests, createMigrationSchema, 'CreateMigration')
  register(requests, sealedSecretSchema, 'SealedSecret')
  for (const [name, endpoint] of Object.entries(endpoints) as [string, Endpoint][]) {
    if (endpoint.isFile !== true) register(answers, endpoint.response, `${name}Answer`)
  }
  return { answers, requests }
}

function register(registry: Registry, schema: z.ZodType, id: string): void {
  if (!registry.has(schema)) registry.add(schema, { id })
}

const reference = (id: string): Json => ({ $ref: `#/components/schemas/${id}` })

function schemasOf(registry: Registry, io: 'input' | 'output'): Json {
  const { schemas } = z.toJSONSchema(registry, { io, uri: (id) => `#/components/schemas/${id}` })
  return Object.fromEntries(
    Object.entries(schemas).map(([id, { $schema: _dialect, $id: _address, ...schema }]) => [id, schema]),
  )
}

function pathsOf(named: Named): Json {
  const paths: Record<string, Record<string, unknown>> = {}
  for (const [name, endpoint] of Object.entries(endpoints) as [string, Endpoint][]) {
    const path = endpoint.path.replaceAll(/:(\w+)/g, '{$1}')
    paths[path] = { ...paths[path], [endpoint.method.toLowerCase()]: operationOf(named, name, endpoint) }
  }
  return paths
}

function operationOf({ answers, requests }: Named, name: string, endpoint: Endpoint): Json {
  return {
    operationId: name,
    summary: endpoint.summary,
    parameters: parametersOf(endpoint),
    ...(endpoint.body === undefined
      ? {}
      : {
          requestBody: {
            required: true,
            content: { 'application/json': { schema: reference(requests.get(endpoint.body)?.id ?? name) } },
          },
        }),
    responses: {
      [String(endpoint.status)]: successOf(answers.get(endpoint.response)?.id ?? name, endpoint),
      ...problemsOf(endpoint),
    },
  }
}

function parametersOf(endpoint: Endpoint): readonly Json[] {
  const header = (name: string, required: boolean, description: string, schema: Json): Json => ({
    name,
    in: 'header',
    required,
    description,
    schema,
  })
  return [
    ...fieldsOf(endpoint.params).map((field) => ({ ...field, in: 'path', required: true })),
    ...fieldsOf(endpoint.query).map((field) => ({ ...field, in: 'query', required: false })),
    ...(endpoint.isIdempotencyKeyRequired === true
      ? [
          header(IDEMPOTENCY_KEY_HEADER, true, 'A fresh UUID for each migration, the same one for each retry.', {
            type: 'string',
            minLength: 1,
            maxLength: 128,
          }),
        ]
      : []),
    ...(endpoint.isEventStream === true
      ? [
          header(LAST_EVENT_ID_HEADER, false, 'The revision the client has; only a newer one is sent.', {
            type: 'string',
          }),
        ]
      : []),
  ]
}

function fieldsOf(schema: z.ZodObject | undefined): readonly Json[] {
  return Object.entries(schema?.shape ?? {}).map(([name, field]) => {
    const { $schema: _dialect, ...jsonSchema } = z.toJSONSchema(field as z.ZodType, { io: 'input' })
    return { name, schema: jsonSchema }
  })
}

const heartbeatHeader: Json = {
  description: 'How often the stream beats, in milliseconds.',
  schema: { type: 'integer' },
}

function successOf(schemaName: string, endpoint: Endpoint): Json {
  return {
    description: endpoint.summary,
    headers: {
      [REQUEST_ID_HEADER]: { $ref: '#/components/headers/RequestId' },
      ...(endpoint.isFile === true ? fileHeaders : {}),
      ...(endpoint.isEventStream === true ? { [HEARTBEAT_HEADER]: heartbeatHeader } : {}),
    },
    content: contentOf(schemaName, endpoint),
  }
}

function contentOf(schemaName: string, endpoint: Endpoint): Json {
  if (endpoint.isFile === true) return reportFiles
  if (endpoint.isEventStream !== true) return { 'application/json': { schema: reference(schemaName) } }
  return {
    'text/event-stream': {
      schema: {
        type: 'string',
        description: 'Events named `migration`; the id is the revision, the data a Migration as JSON.',
      },
    },
  }
}

function problemsOf(endpoint: Endpoint): Json {
  const codesByStatus = new Map<number, ProblemCode[]>()
  for (const code of [...endpoint.problems, ...commonProblems]) {
    const { status } = problems[code]
    codesByStatus.set(status, [...(codesByStatus.get(status) ?? []), code])
  }
  const content = { 'application/problem+json': { schema: reference('Problem') } }
  return Object.fromEntries(
    [...codesByStatus].map(([status, codes]) => [
      String(status),
      { description: codes.map((code) => `\`${code}\`: ${problems[code].title}`).join(' '), content },
    ]),
  )
}

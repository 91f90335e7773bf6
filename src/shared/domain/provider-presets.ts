/** S1: a preset fills endpoint and region; `custom` leaves both to the person. */
export interface ProviderPreset {
  /** `<provider>/<region>`, stable: it is remembered between starts. */
  readonly id: string
  readonly provider: 'aws' | 'wasabi' | 'backblaze'
  readonly providerName: string
  readonly place: string
  readonly region: string
  readonly endpoint: string
}

type Regions = readonly (readonly [region: string, place: string])[]

// The eight of the source manual come first; the others follow by continent.
const awsRegions: Regions = [
  ['us-east-1', 'N. Virginia'],
  ['us-east-2', 'Ohio'],
  ['us-west-1', 'N. California'],
  ['us-west-2', 'Oregon'],
  ['eu-west-1', 'Ireland'],
  ['eu-central-1', 'Frankfurt'],
  ['ap-southeast-1', 'Singapore'],
  ['ap-northeast-1', 'Tokyo'],
  ['ca-central-1', 'Canada Central'],
  ['ca-west-1', 'Calgary'],
  ['mx-central-1', 'Mexico Central'],
  ['sa-east-1', 'São Paulo'],
  ['eu-west-2', 'London'],
  ['eu-west-3', 'Paris'],
  ['eu-central-2', 'Zurich'],
  ['eu-north-1', 'Stockholm'],
  ['eu-south-1', 'Milan'],
  ['eu-south-2', 'Spain'],
  ['ap-east-1', 'Hong Kong'],
  ['ap-east-2', 'Taipei'],
  ['ap-south-1', 'Mumbai'],
  ['ap-south-2', 'Hyderabad'],
  ['ap-northeast-2', 'Seoul'],
  ['ap-northeast-3', 'Osaka'],
  ['ap-southeast-2', 'Sydney'],
  ['ap-southeast-3', 'Jakarta'],
  ['ap-southeast-4', 'Melbourne'],
  ['ap-southeast-5', 'Malaysia'],
  ['ap-southeast-6', 'New Zealand'],
  ['ap-southeast-7', 'Thailand'],
  ['me-south-1', 'Bahrain'],
  ['me-central-1', 'UAE'],
  ['il-central-1', 'Tel Aviv'],
  ['af-south-1', 'Cape Town'],
]

const wasabiRegions: Regions = [
  ['us-east-1', 'N. Virginia'],
  ['us-east-2', 'N. Virginia'],
  ['us-central-1', 'Texas'],
  ['us-west-1', 'Oregon'],
  ['us-west-2', 'San Jose'],
  ['ca-central-1', 'Toronto'],
  ['eu-central-1', 'Amsterdam'],
  ['eu-central-2', 'Frankfurt'],
  ['eu-west-1', 'London'],
  ['eu-west-2', 'Paris'],
  ['eu-west-3', 'London'],
  ['eu-south-1', 'Milan'],
  ['ap-northeast-1', 'Tokyo'],
  ['ap-northeast-2', 'Osaka'],
  ['ap-southeast-1', 'Singapore'],
  ['ap-southeast-2', 'Sydney'],
]

const backblazeRegions: Regions = [
  ['us-west-000', 'US West'],
  ['us-west-001', 'US West'],
  ['us-west-002', 'US West'],
  ['us-west-004', 'US West'],
  ['us-east-005', 'US East'],
  ['eu-central-003', 'EU Central'],
  ['ca-east-006', 'Canada East'],
]

function presets(
  provider: ProviderPreset['provider'],
  providerName: string,
  regions: Regions,
  endpointOf: (region: string) => string,
): readonly ProviderPreset[] {
  return regions.map(([region, place]) => ({
    id: `${provider}/${region}`,
    provider,
    providerName,
    place,
    region,
    endpoint: endpointOf(region),
  }))
}

export const providerPresets: readonly ProviderPreset[] = [
  ...presets('aws', 'AWS S3', awsRegions, (region) => `https://s3.${region}.amazonaws.com`),
  ...presets('wasabi', 'Wasabi', wasabiRegions, (region) => `https://s3.${region}.wasabisys.com`),
  ...presets('backblaze', 'Backblaze B2', backblazeRegions, (region) => `https://s3.${region}.backblazeb2.com`),
]

/** The choice that is no preset: `Custom endpoint…`. */
export const CUSTOM_PROVIDER_ID = 'custom'
export const DEFAULT_REGION = 'us-east-1'

export function findPreset(id: string): ProviderPreset | null {
  return providerPresets.find((preset) => preset.id === id) ?? null
}

/** The regions AWS signs for, used to tell a typing error before a request is made. */
export const knownAwsRegions: ReadonlySet<string> = new Set(awsRegions.map(([region]) => region))

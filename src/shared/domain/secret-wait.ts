/**
 * How long a worker waits for the source secret. The first one is asked for by an app that is open; whoever takes over
 * later waits for a closed laptop, over a weekend and some days more.
 */
export const secretWaitMinutes = { first: 15, later: 7 * 24 * 60 } as const

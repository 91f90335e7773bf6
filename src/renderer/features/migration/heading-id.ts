/** The migration's heading, which takes the focus when its screen is entered. */
export const migrationHeadingId = 'heading-migration'

export const linkProblemTitle = 'The link could not be opened.'

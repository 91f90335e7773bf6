export const linkProblemTitle = 'The migration could not be opened.'

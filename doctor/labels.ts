/** Label of everything that a stack has made, with the stack's name. */
export const LABEL_STACK = "docker-tiers.stack";

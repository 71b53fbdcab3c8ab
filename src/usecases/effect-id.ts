/** The conversation that an effect was decided in: its id begins with it. */
export function conversationOf(effect: string): string {
  return effect.slice(0, effect.lastIndexOf('.'));
}

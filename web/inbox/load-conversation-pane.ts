export const loadConversationPane = () => import('./conversation-pane.tsx')

/** Beside the list's own chunk where the address names a conversation, behind it otherwise. A failure shows when it is opened. */
export const expectConversationPane = () => {
  loadConversationPane().catch(() => {})
}

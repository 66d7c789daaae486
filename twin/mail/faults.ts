/** What mail servers do on bad days, armed for the next that it fits. */
export type MailFault =
  /** The connection closes at once. */
  | 'connect'
  /** The mailbox closes the connection in the middle of its answers. */
  | 'read'
  /** The server takes the letter, and the connection ends before it says so. */
  | 'lost-answer'
  /** 451: not now. */
  | 'later'
  /** 550: nobody of that name. */
  | 'nobody'

export interface MailFaults {
  arm(fault: MailFault, times?: number): void
  clear(): void
  take(fault: MailFault): boolean
}

export function mailFaults(): MailFaults {
  const armed = new Map<MailFault, number>()
  return {
    arm: (fault, times = 1) => void armed.set(fault, times),
    clear: () => armed.clear(),
    take: (fault) => {
      const left = armed.get(fault) ?? 0
      if (left > 0) armed.set(fault, left - 1)
      return left > 0
    },
  }
}

import type { Page } from 'playwright-core'

export interface Device {
  /** Whether its owner unlocks it when it asks: fingerprint, face, PIN. */
  unlocks(yes: boolean): Promise<void>
}

/** Chromium's own virtual authenticator: a device that keeps passkeys and touches itself. */
export async function giveDevice(page: Page): Promise<Device> {
  const session = await page.context().newCDPSession(page)
  await session.send('WebAuthn.enable')
  const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
  return {
    unlocks: async (isUserVerified) => {
      await session.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified })
    },
  }
}

import { Notifications } from '@mantine/notifications'

/** Where messages stand for a while. Loaded after the first screen: one shown before then waits in the store. */
export const Toasts = () => <Notifications position="bottom-left" limit={3} />

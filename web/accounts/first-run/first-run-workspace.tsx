import { Outlet, useRouteContext } from '@tanstack/react-router'
import { LiveProvider } from '../../platform/live.tsx'
import { WorkspaceProvider } from '../../platform/session.ts'

/** The workspace around the later steps, live, without the rail. */
export function FirstRunWorkspace() {
  const { workspace } = useRouteContext({ from: '/new/$slug' })
  const { modules } = useRouteContext({ from: '__root__' })
  return (
    <WorkspaceProvider value={workspace}>
      <LiveProvider key={workspace.workspaceId} modules={modules}>
        <Outlet />
      </LiveProvider>
    </WorkspaceProvider>
  )
}

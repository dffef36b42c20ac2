import { PORTAL_SOURCES } from '@awe/server/portal/portal-files';
import { runBuild } from '@awe/server/portal/run-build';
import { sourceHash } from '@awe/server/portal/source-hash';

/** Builds the portal as the service would at its first start, for images, which serve what was built before. */
const fault = await runBuild(await sourceHash(PORTAL_SOURCES)).ended;
if (fault !== null) throw new Error(fault);

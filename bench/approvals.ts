import type { Client } from './client.ts';
import type { IdentityProvider } from './identity-provider.ts';
import { ARTIFACT_TYPE, POLICY } from './scene.ts';

/** What people and callers do in a measured flow. */
export type Approvals = {
  create: (callbackUrl?: string) => Promise<Created>;
  approveAsOfficer: (taskId: string) => Promise<void>;
  /** The director finds the task and approves it, which ends the request. */
  approveAsDirector: (requestId: string) => Promise<void>;
};

export type Created = { request_id: string; tasks: { id: string; assignee: string }[] };

export async function createApprovals(client: Client, identity: IdentityProvider): Promise<Approvals> {
  const [registry, officer, director] = await Promise.all(
    ['registry', 'olga', 'dora'].map((name) => identity.tokenFor(name)),
  );
  if (!registry || !officer || !director) throw new Error('no tokens');
  const approve = async (token: string, taskId: string) => {
    await client.call(token, 'POST', `/tasks/${taskId}/decision`, { action: 'approve' });
  };
  return {
    create: (callbackUrl) =>
      client.call(registry, 'POST', '/requests', {
        policy_key: POLICY,
        artifact_type: ARTIFACT_TYPE,
        artifact_id: 'a-1',
        context: { amount: 100 },
        ...(callbackUrl === undefined ? {} : { callback_url: callbackUrl }),
      }),
    approveAsOfficer: (taskId) => approve(officer, taskId),
    approveAsDirector: async (requestId) => {
      const path = `/tasks?status=open&request_id=${requestId}`;
      const [task] = await client.call<{ id: string }[]>(director, 'GET', path);
      if (!task) throw new Error(`request ${requestId} has no open task for the director`);
      await approve(director, task.id);
    },
  };
}

/** create → decide → find the next task → decide, which approves the request. */
export async function wholeFlow(approvals: Approvals, callbackUrl?: string): Promise<string> {
  const { request_id, tasks } = await approvals.create(callbackUrl);
  await approvals.approveAsOfficer(officersTask(tasks));
  await approvals.approveAsDirector(request_id);
  return request_id;
}

export function officersTask(tasks: Created['tasks']): string {
  const task = tasks.find(({ assignee }) => assignee === 'olga');
  if (!task) throw new Error('the request has no task for olga');
  return task.id;
}

import { createClient, isAweError } from '@awe/client';

const awe = createClient({ baseUrl: process.env.AWE_URL ?? 'http://127.0.0.1:8000' });

/** Everything that waits for whoever owns the token, over all pages. */
async function inbox(token: string) {
  const mine = awe.as(token);
  const waiting: { task: string; artifact: string; due: string }[] = [];
  for await (const task of mine.pages.listTasks({ query: { status: 'open,claimed' } })) {
    const { artifact_id } = await mine.getRequest({ path: { request_id: task.request_id } });
    waiting.push({ task: task.id, artifact: artifact_id, due: task.due_at ?? 'any time' });
  }
  return waiting;
}

/** Decides as the person whose token it is; false when somebody was faster. */
async function approve(token: string, task_id: string): Promise<boolean> {
  try {
    await awe.as(token).decide({ path: { task_id }, body: { action: 'approve', comment: 'checked' } });
    return true;
  } catch (error) {
    if (isAweError(error, 'AWE-007') && error.status === 409) return false;
    throw error;
  }
}

const token = process.env.APPROVER_TOKEN ?? '';
for (const { task, artifact, due } of await inbox(token)) {
  const done = await approve(token, task);
  console.log(`${artifact}, due ${due}: ${done ? 'approved' : 'decided by somebody else'}`);
}

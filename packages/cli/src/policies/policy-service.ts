import type { PolicyCreate, PolicyOut, PolicyVersionOut } from '@awe/contract/policies';
import type { SimulateRequest, SimulateResponse } from '@awe/contract/simulation';
import type { PolicyDocument } from '@awe/engine/policy-document';
import type { Client } from '../context.ts';

/** A version as it is stored after a write, and what its author should look at again. */
export type Written = { policy: PolicyOut; warnings: string[] };

/** The policies of a running service. Every call throws the client's `AweError`. */
export type PolicyService = {
  /** The newest version of each. */
  list: () => Promise<PolicyOut[]>;
  /** Every version of a key, newest first. */
  versions: (key: string) => Promise<PolicyVersionOut[]>;
  version: (key: string, version: number) => Promise<PolicyOut>;
  create: (policy: PolicyDocument) => Promise<Written>;
  addVersion: (policy: PolicyDocument) => Promise<Written>;
  editDraft: (version: number, policy: PolicyDocument) => Promise<Written>;
  activate: (key: string, version: number) => Promise<Written>;
  simulate: (key: string, version: number, sample: SimulateRequest) => Promise<SimulateResponse>;
};

/** The generated client in terms of the contract, whose JSON it knows less closely. */
export function policyService(client: Client): PolicyService {
  const at = (policy_key: string, version: number) => ({ path: { policy_key, version } });
  return {
    list: async () => (await client.listPolicies()) as PolicyOut[],
    versions: (policy_key) => client.listVersions({ path: { policy_key } }),
    version: async (key, version) => (await client.getVersion(at(key, version))) as PolicyOut,
    create: async (policy) => written(await client.answered.createPolicy({ body: bodyOf(policy) })),
    addVersion: async (policy) => {
      const { policy_key } = policy;
      return written(await client.answered.addVersion({ path: { policy_key }, body: bodyOf(policy) }));
    },
    editDraft: async (version, policy) => {
      const place = at(policy.policy_key, version);
      return written(await client.answered.editDraft({ ...place, body: bodyOf(policy) }));
    },
    activate: async (key, version) => written(await client.answered.activate(at(key, version))),
    simulate: (key, version, sample) => client.simulate({ ...at(key, version), body: sample }),
  };
}

function written({ data, headers }: { data: unknown; headers: Headers }): Written {
  return { policy: data as PolicyOut, warnings: JSON.parse(headers.get('x-awe-warnings') ?? '[]') };
}

/** A file may leave out what the contract has defaults for, and say null for the same. */
function bodyOf(policy: PolicyDocument): PolicyCreate {
  return policy as PolicyCreate;
}

import type { TSchema } from 'typebox';
import { AuditOut } from './audit.ts';
import { DelegationIn, DelegationOut } from './delegations.ts';
import { DeliveryAttemptOut, DeliveryDetailOut, DeliveryOut, ReplayIn, ReplayOut } from './deliveries.ts';
import { DirectoryClientOut, DirectoryGroupOut, DirectoryRoleOut, DirectoryUserOut } from './directory.ts';
import {
  ErrorDetail,
  ErrorResponse,
  HealthPayload,
  HealthResponse,
  VersionPayload,
  VersionResponse,
} from './envelope.ts';
import {
  ExhaustedOut,
  FailedLookupOut,
  IncidentOut,
  IncidentRetryOut,
  OverdueOut,
  RepairOut,
} from './incidents.ts';
import { CheckpointOut, ProofCheckpoint, ProofFault, ProofOut } from './integrity.ts';
import {
  OverviewDayOut,
  OverviewDecisionTimeOut,
  OverviewDeliveriesOut,
  OverviewIncidentsOut,
  OverviewOut,
  OverviewRequestsOut,
  OverviewTasksOut,
} from './overview.ts';
import {
  ApproverRuleIn,
  ApproverRuleOut,
  PolicyCreate,
  PolicyOut,
  PolicyVersionOut,
  StageIn,
  StageOut,
} from './policies.ts';
import { PauseReceiverIn, ReceiverOut, ResumeReceiverIn } from './receivers.ts';
import { CancelRequest, CreateRequestIn, CreateRequestOut, EventOut, RequestOut } from './requests.ts';
import { RotateSecretIn, SecretIn, SecretOut, SecretValueOut } from './secrets.ts';
import { SimulateRequest, SimulateResponse, SimulateStageOut } from './simulation.ts';
import { DecisionIn, DecisionOut, ReassignIn, TaskOut } from './tasks.ts';
import { HTTPValidationError, ValidationError } from './validation-error.ts';
import { WebhookEvent } from './webhook-event.ts';

/** Every schema that the document names, under its name there. */
export const COMPONENTS = {
  ApproverRuleIn,
  ApproverRuleOut,
  AuditOut,
  CancelRequest,
  CheckpointOut,
  CreateRequestIn,
  CreateRequestOut,
  DecisionIn,
  DecisionOut,
  DelegationIn,
  DelegationOut,
  DeliveryAttemptOut,
  DeliveryDetailOut,
  DeliveryOut,
  DirectoryClientOut,
  DirectoryGroupOut,
  DirectoryRoleOut,
  DirectoryUserOut,
  ErrorDetail,
  ErrorResponse,
  EventOut,
  HTTPValidationError,
  HealthPayload,
  HealthResponse,
  ExhaustedOut,
  FailedLookupOut,
  IncidentOut,
  IncidentRetryOut,
  OverdueOut,
  OverviewDayOut,
  OverviewDecisionTimeOut,
  OverviewDeliveriesOut,
  OverviewIncidentsOut,
  OverviewOut,
  OverviewRequestsOut,
  OverviewTasksOut,
  PauseReceiverIn,
  PolicyCreate,
  PolicyOut,
  PolicyVersionOut,
  ProofCheckpoint,
  ProofFault,
  ProofOut,
  ReassignIn,
  ReceiverOut,
  RepairOut,
  ReplayIn,
  ReplayOut,
  RequestOut,
  ResumeReceiverIn,
  RotateSecretIn,
  SecretIn,
  SecretOut,
  SecretValueOut,
  SimulateRequest,
  SimulateResponse,
  SimulateStageOut,
  StageIn,
  StageOut,
  TaskOut,
  ValidationError,
  VersionPayload,
  VersionResponse,
  WebhookEvent,
} as const satisfies Record<string, TSchema>;

export type ComponentName = keyof typeof COMPONENTS;

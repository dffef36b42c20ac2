{{- define "awe.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" -}}
{{- end -}}

{{- define "awe.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 63 | trimSuffix "-" -}}
{{- else if contains (include "awe.name" .) .Release.Name -}}
{{- .Release.Name | trunc 63 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name (include "awe.name" .) | trunc 63 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{- define "awe.selectorLabels" -}}
app.kubernetes.io/name: {{ include "awe.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{- define "awe.labels" -}}
{{ include "awe.selectorLabels" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | quote }}
{{- end -}}

{{- define "awe.serviceAccountName" -}}
{{- if .Values.serviceAccount.create -}}
{{- default (include "awe.fullname" .) .Values.serviceAccount.name -}}
{{- else -}}
{{- default "default" .Values.serviceAccount.name -}}
{{- end -}}
{{- end -}}

{{- define "awe.image" -}}
{{- if .Values.image.digest -}}
{{ .Values.image.repository }}@{{ .Values.image.digest }}
{{- else -}}
{{ .Values.image.repository }}:{{ default .Chart.AppVersion .Values.image.tag }}
{{- end -}}
{{- end -}}

{{/* The configuration file. The image says where it listens; that stays so. */}}
{{- define "awe.config" -}}
awe:
  {{- toYaml .Values.config | nindent 2 }}
{{- end -}}

{{/* Which secret goes into which variable, as a list of {variable, name, key} of those that are given. */}}
{{- define "awe.secrets" -}}
{{- $variables := dict "database" "DATABASE_URL" "encryptionKeys" "AWE__SECRETS__ENCRYPTION_KEYS" "keycloakClient" "AWE__KEYCLOAK__ADMIN_CLIENT_SECRET" "metricsToken" "AWE__SERVER__METRICS_TOKEN" "defaultCallbackSecret" "AWE__SECRETS__DEFAULT_CALLBACK_SECRET" -}}
{{- $found := list -}}
{{- range $id, $variable := $variables -}}
{{- $secret := index $.Values.secrets $id -}}
{{- if $secret.name -}}
{{- $found = append $found (dict "variable" $variable "name" $secret.name "key" $secret.key "file" (kebabcase $id)) -}}
{{- end -}}
{{- end -}}
{{- toYaml $found -}}
{{- end -}}

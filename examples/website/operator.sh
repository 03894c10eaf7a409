#!/bin/sh
# A whole operator: each Website gets a Deployment of its own, and the Deployment's state becomes the
# Website's status. It needs kubectl and a kubeconfig, and looks every two seconds, for ever.
#   sh examples/website/operator.sh
set -eu

websites() {
  kubectl get websites.sites.example.com --all-namespaces --output jsonpath='{range .items[*]}{.metadata.namespace}{"\t"}{.metadata.name}{"\t"}{.metadata.uid}{"\t"}{.metadata.generation}{"\t"}{.spec.replicas}{"\t"}{.spec.image}{"\t"}{.spec.greeting}{"\n"}{end}'
}

# The Deployment that the Website asks for; it goes when the Website goes.
deployment() {
  cat <<YAML
apiVersion: apps/v1
kind: Deployment
metadata:
  name: $name
  namespace: $namespace
  labels: {app.kubernetes.io/name: website, app.kubernetes.io/instance: $name}
  ownerReferences:
    - {apiVersion: sites.example.com/v1, kind: Website, name: $name, uid: $uid, controller: true, blockOwnerDeletion: true}
spec:
  replicas: $replicas
  progressDeadlineSeconds: 30
  selector:
    matchLabels: {app.kubernetes.io/name: website, app.kubernetes.io/instance: $name}
  template:
    metadata:
      labels: {app.kubernetes.io/name: website, app.kubernetes.io/instance: $name}
    spec:
      terminationGracePeriodSeconds: 2
      securityContext: {runAsNonRoot: true, runAsUser: 65534}
      containers:
        - name: httpd
          image: $image
          command: [sh, -c, 'echo "\$GREETING" > /tmp/index.html && exec httpd -f -p 8080 -h /tmp']
          env: [{name: GREETING, value: "$greeting"}]
          ports: [{containerPort: 8080}]
          readinessProbe: {httpGet: {path: /, port: 8080}, periodSeconds: 2}
          resources: {requests: {cpu: 5m, memory: 8Mi}}
YAML
}

# What the Deployment says of itself: generation, the one its controller has seen, pods that are updated,
# ready and there at all, and why it progresses or does not.
state() {
  kubectl get deployment "$name" -n "$namespace" --output go-template='{{.metadata.generation}} {{or .status.observedGeneration 0}} {{or .status.updatedReplicas 0}} {{or .status.readyReplicas 0}} {{or .status.replicas 0}}{{range .status.conditions}}{{if eq .type "Progressing"}} {{.reason}}{{end}}{{end}}'
}

# The Deployment's state becomes the Website's status, written where it differs from what is there.
report() {
  read -r wanted seen updated ready there why <<WORDS
$(state)
WORDS
  status=False reason=RollingOut message="$updated of $replicas pods are updated, $ready are ready."
  if [ "$why" = ProgressDeadlineExceeded ]; then
    reason=RolloutStuck message="The Deployment makes no progress: $message"
  elif [ "$wanted" = "$seen" ] && [ "$updated/$ready/$there" = "$replicas/$replicas/$replicas" ]; then
    status=True reason=Served message='Every pod serves the greeting.'
  fi
  was=$(kubectl get websites.sites.example.com "$name" -n "$namespace" --output jsonpath='{.status.observedGeneration} {.status.readyReplicas} {.status.conditions[0].status} {.status.conditions[0].reason} {.status.conditions[0].lastTransitionTime}')
  since=${was##* }
  [ "${was% *}" != "$generation $ready $status $reason" ] || return 0
  case $was in *" $status "*) ;; *) since=$(date -u +%Y-%m-%dT%H:%M:%SZ) ;; esac
  kubectl patch websites.sites.example.com "$name" -n "$namespace" --subresource status --type merge \
    --field-manager website-operator --patch "$(cat <<JSON
{"status": {"observedGeneration": $generation, "readyReplicas": $ready, "conditions": [{"type": "Ready",
  "status": "$status", "reason": "$reason", "message": "$message", "observedGeneration": $generation,
  "lastTransitionTime": "$since"}]}}
JSON
    )"
}

tab=$(printf '\t')
while true; do
  websites | while IFS="$tab" read -r namespace name uid generation replicas image greeting; do
    if deployment | kubectl apply --server-side --field-manager website-operator --filename - >/dev/null; then
      report || echo "The status of $namespace/$name could not be written." >&2
    fi
  done
  sleep 2
done

#!/bin/sh
# Once the cluster answers: the kind and the objects to watch, and a kubeconfig with which Kindscope may read.
#   setup.sh SERVER TARGET
# SERVER is the API server's address for Kindscope; TARGET the kubeconfig to write. Both of its own
# paths are relative to the repository.
set -eu
server=$1
target=$2

kubectl apply --filename examples/website/crd.yaml --filename docker/access.yaml
kubectl wait --for condition=Established --timeout 60s crd/websites.sites.example.com
kubectl apply --filename examples/website/websites.yaml

# The administrator's kubeconfig, with another user and another address. Nobody else may read it.
umask 077
kubectl config view --raw --minify >"$target"
cluster=$(kubectl config view --minify --output jsonpath='{.contexts[0].context.cluster}')
admin=$(kubectl config view --minify --output jsonpath='{.contexts[0].context.user}')
{
  kubectl config --kubeconfig "$target" set-cluster "$cluster" --server "$server"
  kubectl config --kubeconfig "$target" set-credentials kindscope --token "$(kubectl create token kindscope --namespace kindscope --duration 8760h)"
  kubectl config --kubeconfig "$target" set-context --current --user kindscope
  kubectl config --kubeconfig "$target" delete-user "$admin"
} >/dev/null
# Kindscope's user in its image.
chown 1000:1000 "$target"
echo 'There are Websites to watch in the namespace sites.'

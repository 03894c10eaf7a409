package main

import (
	"context"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/client-go/dynamic"
	"k8s.io/client-go/metadata"
	"k8s.io/client-go/rest"
)

var machines = schema.GroupVersionResource{Group: "clients.example.com", Version: "v1", Resource: "machines"}

func machine(name, size string) *unstructured.Unstructured {
	return &unstructured.Unstructured{Object: map[string]any{
		"apiVersion": "clients.example.com/v1",
		"kind":       "Machine",
		"metadata":   map[string]any{"name": name, "labels": map[string]any{"size": size}},
		"spec":       map[string]any{"size": size},
	}}
}

func dynamicPart(ctx context.Context, config *rest.Config, namespace string) error {
	client, err := dynamic.NewForConfig(config)
	if err != nil {
		return err
	}
	in := client.Resource(machines).Namespace(namespace)

	created, err := in.Create(ctx, machine("one", "small"), metav1.CreateOptions{FieldManager: "go"})
	outcome("create", created, err)
	_, err = in.Create(ctx, machine("one", "small"), metav1.CreateOptions{})
	outcome("create again", nil, err)
	_, err = in.Create(ctx, machine("two", "huge"), metav1.CreateOptions{})
	outcome("create a wrong one", nil, err)
	dry, err := in.Create(ctx, machine("dry", "small"), metav1.CreateOptions{DryRun: []string{metav1.DryRunAll}})
	outcome("create without effect", dry, err)

	got, err := in.Get(ctx, "one", metav1.GetOptions{})
	outcome("get", got, err)
	_, err = in.Get(ctx, "none", metav1.GetOptions{})
	outcome("get nothing", nil, err)

	if err := unstructured.SetNestedField(got.Object, "large", "spec", "size"); err != nil {
		return err
	}
	updated, err := in.Update(ctx, got, metav1.UpdateOptions{FieldManager: "go"})
	outcome("update", updated, err)
	_, err = in.Update(ctx, got, metav1.UpdateOptions{})
	outcome("update with an old version", nil, err)
	if err := unstructured.SetNestedField(updated.Object, int64(3), "status", "replicas"); err != nil {
		return err
	}
	status, err := in.UpdateStatus(ctx, updated, metav1.UpdateOptions{FieldManager: "go-status"})
	outcome("update the status", status, err)

	for _, each := range []struct {
		title string
		kind  types.PatchType
		body  string
	}{
		{"merge patch", types.MergePatchType, `{"spec":{"owner":"anna"}}`},
		{"json patch", types.JSONPatchType, `[{"op":"add","path":"/spec/ratio","value":0.25}]`},
		{"strategic merge patch", types.StrategicMergePatchType, `{"spec":{"owner":"bert"}}`},
	} {
		patched, err := in.Patch(ctx, "one", each.kind, []byte(each.body), metav1.PatchOptions{FieldManager: "go"})
		outcome(each.title, patched, err)
	}

	applied, err := in.Apply(ctx, "two", machine("two", "medium"), metav1.ApplyOptions{FieldManager: "applier"})
	outcome("apply a new one", applied, err)
	_, err = in.Apply(ctx, "two", machine("two", "large"), metav1.ApplyOptions{FieldManager: "other"})
	outcome("apply against another manager", nil, err)
	applied, err = in.Apply(ctx, "two", machine("two", "large"), metav1.ApplyOptions{FieldManager: "other", Force: true})
	outcome("apply with force", applied, err)
	withStatus := machine("two", "large")
	withStatus.Object["status"] = map[string]any{"replicas": int64(1)}
	applied, err = in.ApplyStatus(ctx, "two", withStatus, metav1.ApplyOptions{FieldManager: "status-applier"})
	outcome("apply the status", applied, err)

	listPart(ctx, in)
	return metadataPart(ctx, config, namespace)
}

func listPart(ctx context.Context, in dynamic.ResourceInterface) {
	for _, options := range []metav1.ListOptions{
		{},
		{Limit: 1},
		{LabelSelector: "size=medium"},
		{FieldSelector: "spec.size=large"},
		{ResourceVersion: "0"},
		{ResourceVersion: "1", ResourceVersionMatch: metav1.ResourceVersionMatchNotOlderThan},
		{LabelSelector: "size in"},
		{FieldSelector: "spec.owner=anna"},
		{Continue: "nonsense", Limit: 1},
		{ResourceVersionMatch: metav1.ResourceVersionMatchExact},
	} {
		list, err := in.List(ctx, options)
		outcome("list "+options.String(), list, err)
	}
	background := metav1.DeletePropagationBackground
	outcome("delete", nil, in.Delete(ctx, "one", metav1.DeleteOptions{PropagationPolicy: &background}))
	outcome("delete again", nil, in.Delete(ctx, "one", metav1.DeleteOptions{}))
	other := types.UID("another")
	outcome("delete another life", nil,
		in.Delete(ctx, "two", metav1.DeleteOptions{Preconditions: &metav1.Preconditions{UID: &other}}))
	outcome("delete all", nil, in.DeleteCollection(ctx, metav1.DeleteOptions{}, metav1.ListOptions{}))
	list, err := in.List(ctx, metav1.ListOptions{})
	outcome("list", list, err)
}

// The metadata client asks for PartialObjectMetadata, over protobuf where the server has it.
func metadataPart(ctx context.Context, config *rest.Config, namespace string) error {
	noted := &requests{}
	client, err := metadata.NewForConfig(noted.watchedBy(config))
	if err != nil {
		return err
	}
	in := client.Resource(machines).Namespace(namespace)
	list, err := in.List(ctx, metav1.ListOptions{})
	outcome("metadata of none", list, err)
	_, err = in.Get(ctx, "none", metav1.GetOptions{})
	outcome("metadata of nobody", nil, err)
	namespaces := client.Resource(schema.GroupVersionResource{Version: "v1", Resource: "namespaces"})
	one, err := namespaces.Get(ctx, "default", metav1.GetOptions{})
	outcome("metadata of a namespace", one, err)
	return nil
}

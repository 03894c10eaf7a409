package main

import (
	"context"
	"fmt"

	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/api/resource"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/apimachinery/pkg/util/intstr"
	appsapply "k8s.io/client-go/applyconfigurations/apps/v1"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/kubernetes/scheme"
	typedcorev1 "k8s.io/client-go/kubernetes/typed/core/v1"
	"k8s.io/client-go/rest"
	"k8s.io/client-go/tools/record"
	"k8s.io/client-go/util/retry"
)

// typedPart uses the typed clients as a Go controller does: over protobuf, the content type that they prefer.
func typedPart(ctx context.Context, config *rest.Config, namespace string) error {
	noted := &requests{}
	config = noted.watchedBy(config)
	config.ContentType = runtime.ContentTypeProtobuf
	config.AcceptContentTypes = runtime.ContentTypeProtobuf + "," + runtime.ContentTypeJSON
	client, err := kubernetes.NewForConfig(config)
	if err != nil {
		return err
	}
	version, err := client.Discovery().ServerVersion()
	outcome("version", version.Major+"."+version.Minor, err)
	for _, run := range []func(context.Context, kubernetes.Interface, string) error{deploymentPart, podPart, eventPart} {
		if err := run(ctx, client, namespace); err != nil {
			return err
		}
	}
	return nil
}

func template() corev1.PodTemplateSpec {
	no := false
	return corev1.PodTemplateSpec{
		ObjectMeta: metav1.ObjectMeta{Labels: map[string]string{"app": "web"}},
		Spec: corev1.PodSpec{
			AutomountServiceAccountToken: &no,
			Containers: []corev1.Container{{
				Name:  "main",
				Image: "nginx:1.27",
				Ports: []corev1.ContainerPort{{ContainerPort: 80}},
				Resources: corev1.ResourceRequirements{
					Requests: corev1.ResourceList{corev1.ResourceCPU: resource.MustParse("100m")},
				},
				ReadinessProbe: &corev1.Probe{ProbeHandler: corev1.ProbeHandler{
					HTTPGet: &corev1.HTTPGetAction{Path: "/", Port: intstr.FromInt32(80)},
				}},
			}},
		},
	}
}

func deploymentPart(ctx context.Context, client kubernetes.Interface, namespace string) error {
	in := client.AppsV1().Deployments(namespace)
	replicas := int32(2)
	created, err := in.Create(ctx, &appsv1.Deployment{
		ObjectMeta: metav1.ObjectMeta{Name: "web", Labels: map[string]string{"app": "web"}},
		Spec: appsv1.DeploymentSpec{
			Replicas: &replicas,
			Selector: &metav1.LabelSelector{MatchLabels: map[string]string{"app": "web"}},
			Template: template(),
		},
	}, metav1.CreateOptions{})
	outcome("create a deployment", created, err)
	if err != nil {
		return err
	}
	err = retry.RetryOnConflict(retry.DefaultRetry, func() error {
		deployment, err := in.Get(ctx, "web", metav1.GetOptions{})
		if err != nil {
			return err
		}
		deployment.Spec.Template.Spec.Containers[0].Image = "nginx:1.28"
		_, err = in.Update(ctx, deployment, metav1.UpdateOptions{})
		return err
	})
	outcome("update it", nil, err)
	_, err = in.Update(ctx, created, metav1.UpdateOptions{})
	fmt.Println("an old version is a conflict:", apierrors.IsConflict(err))
	deployment, err := in.Get(ctx, "web", metav1.GetOptions{})
	if err != nil {
		return err
	}
	deployment.Status = appsv1.DeploymentStatus{ObservedGeneration: 2, Replicas: 2, UpdatedReplicas: 1}
	deployment, err = in.UpdateStatus(ctx, deployment, metav1.UpdateOptions{})
	outcome("update its status", deployment, err)
	patch := `{"spec":{"template":{"spec":{"containers":[{"name":"side","image":"busybox"}]}}}}`
	deployment, err = in.Patch(ctx, "web", types.StrategicMergePatchType, []byte(patch), metav1.PatchOptions{})
	outcome("patch it", deployment, err)
	deployment, err = in.Apply(ctx, appsapply.Deployment("web", namespace).WithSpec(appsapply.DeploymentSpec().
		WithMinReadySeconds(5)), metav1.ApplyOptions{FieldManager: "applier"})
	outcome("apply it", deployment, err)
	scale, err := in.GetScale(ctx, "web", metav1.GetOptions{})
	outcome("its scale", scale, err)
	if err == nil {
		scale.Spec.Replicas = 5
		scale, err = in.UpdateScale(ctx, "web", scale, metav1.UpdateOptions{})
		outcome("scale it", scale, err)
	}
	list, err := in.List(ctx, metav1.ListOptions{LabelSelector: "app=web"})
	outcome("list deployments", list, err)
	outcome("delete it", nil, in.Delete(ctx, "web", metav1.DeleteOptions{}))
	_, err = in.Get(ctx, "web", metav1.GetOptions{})
	outcome("get it", nil, err)
	return nil
}

func podPart(ctx context.Context, client kubernetes.Interface, namespace string) error {
	in := client.CoreV1().Pods(namespace)
	watch, err := in.Watch(ctx, metav1.ListOptions{})
	if err != nil {
		return err
	}
	defer watch.Stop()
	pod := template()
	created, err := in.Create(ctx, &corev1.Pod{
		ObjectMeta: metav1.ObjectMeta{GenerateName: "generated-", Labels: pod.Labels},
		Spec:       pod.Spec,
	}, metav1.CreateOptions{})
	outcome("create a pod", created, err)
	if err != nil {
		return err
	}
	created.Status.Phase = corev1.PodRunning
	created.Status.Conditions = []corev1.PodCondition{{Type: corev1.PodReady, Status: corev1.ConditionTrue}}
	running, err := in.UpdateStatus(ctx, created, metav1.UpdateOptions{})
	outcome("update its status", running, err)
	list, err := in.List(ctx, metav1.ListOptions{FieldSelector: "status.phase=Running"})
	outcome("list running pods", len(list.Items), err)
	zero := int64(0)
	outcome("delete it", nil, in.Delete(ctx, created.Name, metav1.DeleteOptions{GracePeriodSeconds: &zero}))
	for range 3 {
		select {
		case event := <-watch.ResultChan():
			pod, ok := event.Object.(*corev1.Pod)
			fmt.Println("watched", event.Type, ok && pod.Name == created.Name)
			if ok {
				fmt.Println("  ", pod.Status.Phase, pod.DeletionTimestamp != nil)
			}
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return nil
}

func eventPart(ctx context.Context, client kubernetes.Interface, namespace string) error {
	settings, err := client.CoreV1().ConfigMaps(namespace).Create(ctx, &corev1.ConfigMap{
		ObjectMeta: metav1.ObjectMeta{Name: "settings"},
		Data:       map[string]string{"colour": "red"},
		BinaryData: map[string][]byte{"blob": {0, 1, 2, 255}},
	}, metav1.CreateOptions{})
	outcome("create a config map", settings, err)
	if err != nil {
		return err
	}
	watch, err := client.CoreV1().Events(namespace).Watch(ctx, metav1.ListOptions{})
	if err != nil {
		return err
	}
	defer watch.Stop()
	broadcaster := record.NewBroadcaster(record.WithContext(ctx))
	broadcaster.StartRecordingToSink(&typedcorev1.EventSinkImpl{Interface: client.CoreV1().Events(namespace)})
	defer broadcaster.Shutdown()
	recorder := broadcaster.NewRecorder(scheme.Scheme, corev1.EventSource{Component: "tester"})
	// The same event again is a patch of its count.
	for _, expected := range []string{"first", "again"} {
		recorder.Event(settings, corev1.EventTypeNormal, "Changed", "It has changed.")
		select {
		case event := <-watch.ResultChan():
			is, ok := event.Object.(*corev1.Event)
			if !ok {
				return fmt.Errorf("a watch of events told of %T", event.Object)
			}
			fmt.Println(expected, event.Type, is.Reason, is.Count, is.InvolvedObject.Kind, is.InvolvedObject.Name)
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return nil
}

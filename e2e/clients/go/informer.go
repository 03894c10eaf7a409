package main

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"sort"
	"time"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/client-go/dynamic"
	"k8s.io/client-go/dynamic/dynamicinformer"
	"k8s.io/client-go/rest"
	"k8s.io/client-go/tools/cache"
)

// events are what an informer tells, one line each.
type events chan string

func (e events) handler() cache.ResourceEventHandler {
	return cache.ResourceEventHandlerDetailedFuncs{
		AddFunc: func(object any, initial bool) {
			e <- fmt.Sprintf("add %s initial=%t", describe(object), initial)
		},
		UpdateFunc: func(old, object any) {
			// A relist tells of every object again.
			if old.(*unstructured.Unstructured).GetResourceVersion() == object.(*unstructured.Unstructured).GetResourceVersion() {
				return
			}
			e <- fmt.Sprintf("update %s to %s", describe(old), describe(object))
		},
		DeleteFunc: func(object any) { e <- "delete " + describe(object) },
	}
}

func describe(object any) string {
	if unknown, ok := object.(cache.DeletedFinalStateUnknown); ok {
		return "unknown " + describe(unknown.Obj)
	}
	is := object.(*unstructured.Unstructured)
	size, _, _ := unstructured.NestedString(is.Object, "spec", "size")
	replicas, _, _ := unstructured.NestedInt64(is.Object, "status", "replicas")
	return fmt.Sprintf("%s(%s generation=%d status=%d labels=%v)", is.GetName(), size, is.GetGeneration(), replicas,
		is.GetLabels())
}

// next prints the next event.
func (e events) next(ctx context.Context) error { return e.all(ctx, 1) }

// all prints as many events as are said to come, in one order: an informer tells of what is there at first in any.
func (e events) all(ctx context.Context, count int) error {
	var lines []string
	for range count {
		select {
		case line := <-e:
			lines = append(lines, line)
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	sort.Strings(lines)
	for _, line := range lines {
		fmt.Println("  ", line)
	}
	return nil
}

// An informed is a running informer on machines, and a client that writes them.
type informed struct {
	events   events
	informer cache.SharedIndexInformer
	write    dynamic.ResourceInterface
	requests *requests
}

func startInformer(ctx context.Context, config *rest.Config, namespace string, tweak dynamicinformer.TweakListOptionsFunc) (*informed, error) {
	noted := &requests{}
	reader, err := dynamic.NewForConfig(noted.watchedBy(config))
	if err != nil {
		return nil, err
	}
	writer, err := dynamic.NewForConfig(config)
	if err != nil {
		return nil, err
	}
	factory := dynamicinformer.NewFilteredDynamicSharedInformerFactory(reader, 0, namespace, tweak)
	i := &informed{
		events:   make(events, 100),
		informer: factory.ForResource(machines).Informer(),
		write:    writer.Resource(machines).Namespace(namespace),
		requests: noted,
	}
	if _, err := i.informer.AddEventHandler(i.events.handler()); err != nil {
		return nil, err
	}
	factory.Start(ctx.Done())
	return i, nil
}

// step does one thing and waits for the one event that it must bring.
func (i *informed) step(ctx context.Context, title string, do func() error) error {
	fmt.Println(title)
	if err := do(); err != nil {
		return err
	}
	return i.events.next(ctx)
}

func informerPart(ctx context.Context, config *rest.Config, namespace string) error {
	seeder, err := dynamic.NewForConfig(config)
	if err != nil {
		return err
	}
	for _, name := range []string{"early", "other"} {
		_, err := seeder.Resource(machines).Namespace(namespace).Create(ctx, machine(name, "small"), metav1.CreateOptions{})
		if err != nil {
			return err
		}
	}
	i, err := startInformer(ctx, config, namespace, nil)
	if err != nil {
		return err
	}
	fmt.Println("start")
	if err := i.events.all(ctx, 2); err != nil {
		return err
	}
	fmt.Println("synced:", cache.WaitForCacheSync(ctx.Done(), i.informer.HasSynced))
	if err := i.work(ctx); err != nil {
		return err
	}
	keys := i.informer.GetStore().ListKeys()
	sort.Strings(keys)
	fmt.Println("stored:", keys)
	i.requests.print(false)
	return selectedPart(ctx, config, namespace)
}

// work makes every kind of event happen.
func (i *informed) work(ctx context.Context) error {
	patch := func(name, body, subresource string) func() error {
		return func() error {
			var subresources []string
			if subresource != "" {
				subresources = append(subresources, subresource)
			}
			_, err := i.write.Patch(ctx, name, types.MergePatchType, []byte(body), metav1.PatchOptions{}, subresources...)
			return err
		}
	}
	for _, each := range []struct {
		title string
		do    func() error
	}{
		{"create", func() error {
			_, err := i.write.Create(ctx, machine("late", "small"), metav1.CreateOptions{})
			return err
		}},
		{"change the spec", patch("late", `{"spec":{"size":"large"}}`, "")},
		{"change the status", patch("late", `{"status":{"replicas":2}}`, "status")},
		{"change the labels", patch("late", `{"metadata":{"labels":{"size":"large"}}}`, "")},
		{"hold", patch("late", `{"metadata":{"finalizers":["clients.example.com/hold"]}}`, "")},
		{"delete what is held", func() error { return i.write.Delete(ctx, "late", metav1.DeleteOptions{}) }},
		{"let go", patch("late", `{"metadata":{"finalizers":null}}`, "")},
		{"delete", func() error { return i.write.Delete(ctx, "other", metav1.DeleteOptions{}) }},
	} {
		if err := i.step(ctx, each.title, each.do); err != nil {
			return err
		}
	}
	return nil
}

// selectedPart watches a selector: what starts to match is added, what stops is deleted.
func selectedPart(ctx context.Context, config *rest.Config, namespace string) error {
	i, err := startInformer(ctx, config, namespace, func(options *metav1.ListOptions) {
		options.LabelSelector = "size=large"
	})
	if err != nil {
		return err
	}
	fmt.Println("selected, synced:", cache.WaitForCacheSync(ctx.Done(), i.informer.HasSynced))
	for _, size := range []string{"large", "small"} {
		err := i.step(ctx, "label early "+size, func() error {
			body := fmt.Sprintf(`{"metadata":{"labels":{"size":%q}}}`, size)
			_, err := i.write.Patch(ctx, "early", types.MergePatchType, []byte(body), metav1.PatchOptions{})
			return err
		})
		if err != nil {
			return err
		}
	}
	i.requests.print(false)
	return nil
}

// outagePart keeps an informer while the server goes away and comes back: each line on standard input is one such time.
func outagePart(ctx context.Context, config *rest.Config, namespace string) error {
	i, err := startInformer(ctx, config, namespace, nil)
	if err != nil {
		return err
	}
	fmt.Println("synced:", cache.WaitForCacheSync(ctx.Done(), i.informer.HasSynced))
	err = i.step(ctx, "create before", func() error {
		_, err := i.write.Create(ctx, machine("before", "small"), metav1.CreateOptions{})
		return err
	})
	if err != nil {
		return err
	}
	fmt.Println("ready")
	input := bufio.NewScanner(os.Stdin)
	for count := 1; input.Scan(); count++ {
		name := fmt.Sprintf("after-%d", count)
		err := i.step(ctx, "create "+name, func() error { return createInTime(ctx, i.write, name) })
		if err != nil {
			return err
		}
		fmt.Println("ready")
	}
	return input.Err()
}

// createInTime tries for a while: the client's connections may be those of the server that went away.
func createInTime(ctx context.Context, in dynamic.ResourceInterface, name string) error {
	for {
		_, err := in.Create(ctx, machine(name, "small"), metav1.CreateOptions{})
		if err == nil || ctx.Err() != nil {
			return err
		}
		time.Sleep(50 * time.Millisecond)
	}
}

package main

import (
	"context"
	"fmt"
	"sort"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/client-go/discovery"
	"k8s.io/client-go/discovery/cached/memory"
	"k8s.io/client-go/rest"
	"k8s.io/client-go/restmapper"
)

// compared are the groups of which both servers are expected to say exactly the same.
var compared = map[string]bool{
	"apps": true, "batch": true, "clients.example.com": true, "apiextensions.k8s.io": true, "coordination.k8s.io": true,
}

func discoveryPart(_ context.Context, config *rest.Config, _ string) error {
	for _, legacy := range []bool{false, true} {
		noted := &requests{}
		client, err := discovery.NewDiscoveryClientForConfig(noted.watchedBy(config))
		if err != nil {
			return err
		}
		client.UseLegacyDiscovery = legacy
		fmt.Println("legacy discovery:", legacy)
		if err := printDiscovery(client); err != nil {
			return err
		}
		if !legacy {
			noted.print(true)
		}
	}
	return printMappings(config)
}

func printDiscovery(client discovery.DiscoveryInterface) error {
	groups, lists, err := client.ServerGroupsAndResources()
	if err != nil {
		return err
	}
	for _, group := range groups {
		if compared[group.Name] {
			say("group "+group.Name, group)
		}
	}
	sort.Slice(lists, func(i, j int) bool { return lists[i].GroupVersion < lists[j].GroupVersion })
	for _, list := range lists {
		version, err := schema.ParseGroupVersion(list.GroupVersion)
		if err != nil || !compared[version.Group] {
			continue
		}
		sort.Slice(list.APIResources, func(i, j int) bool {
			return list.APIResources[i].Name < list.APIResources[j].Name
		})
		for _, resource := range list.APIResources {
			// Which versions the storage can hold is not what anybody can see.
			resource.StorageVersionHash = ""
			say("resource "+list.GroupVersion+" "+resource.Name, resource)
		}
	}
	preferred, err := client.ServerPreferredNamespacedResources()
	if err != nil {
		return err
	}
	var names []string
	for _, list := range preferred {
		version, _ := schema.ParseGroupVersion(list.GroupVersion)
		for _, resource := range list.APIResources {
			if compared[version.Group] {
				names = append(names, list.GroupVersion+" "+resource.Name)
			}
		}
	}
	sort.Strings(names)
	say("preferred", names)
	return nil
}

func printMappings(config *rest.Config) error {
	client, err := discovery.NewDiscoveryClientForConfig(config)
	if err != nil {
		return err
	}
	cached := memory.NewMemCacheClient(client)
	mapper := restmapper.NewShortcutExpander(restmapper.NewDeferredDiscoveryRESTMapper(cached), cached, nil)
	for _, resource := range []string{"mach", "machines", "machine", "deploy", "po", "crd", "planets", "widgets"} {
		found, err := mapper.ResourceFor(schema.GroupVersionResource{Resource: resource})
		outcome("resource for "+resource, found.String(), err)
	}
	for _, kind := range []schema.GroupVersionKind{
		{Group: "clients.example.com", Kind: "Machine", Version: "v1beta1"},
		{Group: "clients.example.com", Kind: "Planet"},
		{Group: "apps", Kind: "Deployment"},
		{Group: "clients.example.com", Kind: "Widget"},
	} {
		var versions []string
		if kind.Version != "" {
			versions = append(versions, kind.Version)
		}
		mapping, err := mapper.RESTMapping(kind.GroupKind(), versions...)
		if err != nil {
			fmt.Println("mapping for", kind, "fails:", err)
			continue
		}
		fmt.Println("mapping for", kind, "is", mapping.Resource, mapping.Scope.Name())
	}
	_, err = client.ServerResourcesForGroupVersion("clients.example.com/v9")
	outcome("resources of clients.example.com/v9", nil, err)
	var list *metav1.APIResourceList
	list, err = client.ServerResourcesForGroupVersion("clients.example.com/v1")
	if err == nil {
		outcome("number of resources of clients.example.com/v1", len(list.APIResources), nil)
	}
	return err
}

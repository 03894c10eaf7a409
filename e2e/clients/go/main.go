// Command client-go asks an API server things through client-go and prints what it is told, so that two servers can be
// compared. What is particular to one run (uids, versions, times) is printed as it is; whoever compares takes it out.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"time"

	"k8s.io/client-go/rest"
	"k8s.io/client-go/tools/clientcmd"
	"k8s.io/klog/v2"
)

// A part of the transcript.
type part func(ctx context.Context, config *rest.Config, namespace string) error

var parts = map[string]part{
	"discovery": discoveryPart,
	"dynamic":   dynamicPart,
	"informer":  informerPart,
	"outage":    outagePart,
	"typed":     typedPart,
}

func main() {
	kubeconfig := flag.String("kubeconfig", "", "path of the kubeconfig")
	namespace := flag.String("namespace", "default", "namespace to work in")
	timeout := flag.Duration("timeout", 30*time.Second, "after this it gives up")
	flag.Parse()
	// Times and line numbers of log lines differ from run to run; what went wrong shows in the transcript.
	klog.SetLogger(klog.Logger{})
	run, ok := parts[flag.Arg(0)]
	if !ok {
		fmt.Fprintf(os.Stderr, "client-go: there is no part %q\n", flag.Arg(0))
		os.Exit(2)
	}
	config, err := clientcmd.BuildConfigFromFlags("", *kubeconfig)
	if err != nil {
		fmt.Fprintln(os.Stderr, "client-go:", err)
		os.Exit(2)
	}
	config.UserAgent = "client-go"
	// The client's own limit would only make it slow.
	config.QPS = -1
	ctx, cancel := context.WithTimeout(context.Background(), *timeout)
	defer cancel()
	if err := run(ctx, config, *namespace); err != nil {
		fmt.Println("failed:", err)
		os.Exit(1)
	}
}

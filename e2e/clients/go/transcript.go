package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"sort"
	"strings"
	"sync"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/client-go/rest"
)

// say prints a title and, below it, the value as JSON with sorted keys.
func say(title string, value any) {
	text, err := json.Marshal(value)
	if err != nil {
		fmt.Println(title, "cannot be printed:", err)
		return
	}
	var plain any
	_ = json.Unmarshal(text, &plain)
	text, _ = json.MarshalIndent(plain, "", "  ")
	fmt.Printf("%s\n%s\n", title, text)
}

// outcome prints what a call came to: its value, or the status the server answered.
func outcome(title string, value any, err error) {
	if err == nil {
		say(title, value)
		return
	}
	if status, ok := err.(apierrors.APIStatus); ok {
		say(title+" is refused", status.Status())
		return
	}
	fmt.Printf("%s fails: %v\n", title, err)
}

// requests notes every request that a client makes.
type requests struct {
	mutex sync.Mutex
	seen  []string
}

// watchedBy makes a copy of the configuration whose clients' requests are noted.
func (r *requests) watchedBy(config *rest.Config) *rest.Config {
	noted := rest.CopyConfig(config)
	noted.Wrap(func(next http.RoundTripper) http.RoundTripper {
		return roundTripper(func(request *http.Request) (*http.Response, error) {
			response, err := next.RoundTrip(request)
			if err == nil {
				r.note(request, response)
			}
			return response, err
		})
	})
	return noted
}

func (r *requests) note(request *http.Request, response *http.Response) {
	query := request.URL.Query()
	var words []string
	for key := range query {
		value := query.Get(key)
		// These differ from run to run; whether they are there does not.
		if (key == "resourceVersion" && value != "" && value != "0") || key == "timeoutSeconds" {
			value = "…"
		}
		words = append(words, key+"="+value)
	}
	sort.Strings(words)
	path := request.URL.Path
	if start := strings.Index(path, "/api"); start > 0 {
		path = path[start:]
	}
	line := fmt.Sprintf("%s %s?%s %d %s", request.Method, path, strings.Join(words, "&"), response.StatusCode,
		response.Header.Get("Content-Type"))
	r.mutex.Lock()
	defer r.mutex.Unlock()
	r.seen = append(r.seen, line)
}

// print prints the requests in the order in which they were answered, or sorted where they run at the same time.
func (r *requests) print(sorted bool) {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	lines := append([]string(nil), r.seen...)
	if sorted {
		sort.Strings(lines)
	}
	for _, line := range lines {
		fmt.Println("request", line)
	}
}

type roundTripper func(*http.Request) (*http.Response, error)

func (f roundTripper) RoundTrip(request *http.Request) (*http.Response, error) { return f(request) }

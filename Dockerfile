# Kindscope in one image: the server, the built page, and the demo cluster.
#   docker build --tag kindscope .
#   docker run --rm --read-only --tmpfs /tmp -p 127.0.0.1:7373:7373 \
#     -e KINDSCOPE_TOKEN=a-token-of-your-own kindscope --demo
# docs/docker.md says more; e2e/docker/docker.test.ts holds this file to the repository.
ARG NODE_VERSION=24.21.0

# What both installs start from: pnpm, the lockfile, and every manifest.
FROM node:${NODE_VERSION}-bookworm-slim AS manifests
WORKDIR /kindscope
ENV CI=true
RUN npm install --global pnpm@12.21.0
COPY package.json pnpm-lock.yaml pnpm-workspace.yaml ./
COPY apps/demo/package.json apps/demo/
COPY apps/server/package.json apps/server/
COPY apps/web/package.json apps/web/
COPY packages/fake-apiserver/package.json packages/fake-apiserver/
COPY packages/informer/package.json packages/informer/
COPY packages/kube/package.json packages/kube/
COPY packages/protocol/package.json packages/protocol/

FROM manifests AS page
RUN pnpm install --frozen-lockfile --filter '@kindscope/web...'
COPY tsconfig.base.json ./
COPY packages/kube packages/kube
COPY packages/protocol packages/protocol
COPY apps/web apps/web
RUN cd apps/web && node_modules/.bin/vite build --logLevel warn

FROM manifests AS dependencies
RUN pnpm install --frozen-lockfile --prod --filter '@kindscope/server...' --filter '@kindscope/demo...'

FROM node:${NODE_VERSION}-bookworm-slim
LABEL org.opencontainers.image.title="Kindscope" \
      org.opencontainers.image.description="See every Kubernetes custom resource change, live" \
      org.opencontainers.image.licenses="Apache-2.0"
# Where pins are kept: a volume there outlives the container.
RUN install -d -o 1000 -g 1000 /state/kindscope
WORKDIR /kindscope
COPY --from=dependencies /kindscope ./
COPY packages packages
COPY apps/server apps/server
COPY apps/demo apps/demo
COPY --from=page /kindscope/apps/web/dist apps/web/dist
# Beyond loopback a token of one's own is needed: without KINDSCOPE_TOKEN it ends and says so.
ENV NODE_ENV=production \
    XDG_STATE_HOME=/state \
    KINDSCOPE_LISTEN=0.0.0.0 \
    KINDSCOPE_PORT=7373 \
    KINDSCOPE_ALLOWED_HOST=localhost,127.0.0.1
EXPOSE 7373
# By number, so that Kubernetes can tell that it is not root.
USER 1000:1000
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s --start-interval=1s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.KINDSCOPE_PORT}/healthz`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "apps/server/src/main.ts"]

# syntax=docker/dockerfile:1
# `docker build -t undersigned .` makes the product; with `--target tools`, what it takes to migrate
# the database and to run the command-line tools. See deploy/compose.yaml.

FROM node:24-bookworm-slim AS tools
ENV NEXT_TELEMETRY_DISABLED=1
WORKDIR /srv/undersigned
COPY package.json package-lock.json ./
RUN npm ci --omit=dev --no-audit --no-fund
COPY . .
RUN npm run build:standalone
USER node
CMD ["npm", "run", "--silent", "migrate"]

FROM node:24-bookworm-slim
# The product shuts down by itself (docs/decisions/0025-next-start-and-standalone.md).
ENV NODE_ENV=production NEXT_TELEMETRY_DISABLED=1 NEXT_MANUAL_SIG_HANDLE=true HOSTNAME=0.0.0.0 PORT=3000
WORKDIR /srv/undersigned
COPY --from=tools /srv/undersigned/.next-standalone/standalone ./
USER node
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/api/health/live`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "server.js"]

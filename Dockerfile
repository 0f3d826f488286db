# The portal for a real installation. Web, worker and beat are this one image; docs/deploy.md
# tells which command starts which.
FROM python:3.12-slim

ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
RUN useradd --system --uid 10001 --home-dir /srv/portal portal
WORKDIR /srv/portal

# The parts change seldom: installing them before the code comes keeps this step cached.
COPY requirements.lock ./
COPY mutuals_portal/supervisor/bootstrap.py mutuals_portal/supervisor/
RUN python -I mutuals_portal/supervisor/bootstrap.py install

COPY . .
# Collecting static files reads the settings and connects to nothing.
RUN SECRET_KEY=unused DATABASE_URL=postgres://unused/unused REDIS_URL=redis://unused \
    EMAIL_URL=smtp://unused .venv/bin/python manage.py collectstatic --noinput

USER portal
EXPOSE 8000
ENTRYPOINT [".venv/bin/python", "-m", "mutuals_portal.supervisor"]
CMD ["web"]

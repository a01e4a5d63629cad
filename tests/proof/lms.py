"""A learning platform that others have made, with one course: run by its own Python.

It is told the package and a port; it uploads the package as an author does, enrols one
learner, prints where the course is, and serves until it is ended. With `result`, it
prints what its database says of the learner.
"""

# ruff: noqa: E402, ANN001, ANN201, ANN202  # Django wants its settings first, untyped
# What it imports is only in its own environment.
# mypy: ignore-errors
from __future__ import annotations

import json
import sys
import threading
from pathlib import Path

import django
from django.conf import settings

BASE = Path.cwd()
LOCK = threading.Lock()


def one_after_the_other(respond):
    """Answer one call after the other: the platform loses one of two at once.

    Each of its answers saves the whole attempt, as it was when the call came in.
    """

    def answer(request):
        with LOCK:
            return respond(request)

    return answer


LOGIN = ("learner", "learner")

settings.configure(
    DEBUG=True,
    SECRET_KEY="only for this test",  # noqa: S106  # no secret: it serves itself
    ALLOWED_HOSTS=["127.0.0.1"],
    ROOT_URLCONF=__name__,
    DATABASES={
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": BASE / "lms.sqlite3",
            "OPTIONS": {"timeout": 20},
        }
    },
    INSTALLED_APPS=[
        *("wagtail_lms", "wagtail.contrib.forms", "wagtail.contrib.redirects"),
        *("wagtail.embeds", "wagtail.sites", "wagtail.users", "wagtail.snippets"),
        *("wagtail.documents", "wagtail.images", "wagtail.search", "wagtail.admin"),
        *("wagtail", "modelcluster", "taggit", "django.contrib.admin"),
        *("django.contrib.auth", "django.contrib.contenttypes"),
        *("django.contrib.sessions", "django.contrib.messages"),
        "django.contrib.staticfiles",
    ],
    MIDDLEWARE=[
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        "django.contrib.messages.middleware.MessageMiddleware",
        f"{__name__}.one_after_the_other",
    ],
    TEMPLATES=[
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "DIRS": [BASE / "templates"],
            "APP_DIRS": True,
            "OPTIONS": {
                "context_processors": [
                    "django.template.context_processors.request",
                    "django.contrib.auth.context_processors.auth",
                    "django.contrib.messages.context_processors.messages",
                ]
            },
        }
    ],
    MEDIA_ROOT=BASE / "media",
    STATIC_URL="/static/",
    WAGTAIL_SITE_NAME="LMS",
    WAGTAILADMIN_BASE_URL="http://127.0.0.1",
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    LOGIN_URL="/login/",
    USE_TZ=True,
    LOGGING_CONFIG=None,
)
django.setup()

from django.contrib.auth import get_user_model
from django.contrib.auth.views import LoginView
from django.core.files import File
from django.core.management import call_command
from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.models import Page
from wagtail_lms.models import (
    CourseEnrollment,
    CoursePage,
    SCORMAttempt,
    SCORMLessonPage,
    SCORMPackage,
)

urlpatterns = [
    path("login/", LoginView.as_view(template_name="login.html")),
    path("lms/", include("wagtail_lms.urls")),
    path("", include(wagtail_urls)),
]


def _prepare(package: Path) -> None:
    templates = BASE / "templates"
    templates.mkdir()
    (templates / "base.html").write_text("{% block content %}{% endblock %}")
    (templates / "login.html").write_text(
        "<form method=post>{% csrf_token %}{{ form }}<button>Go</button></form>"
    )
    call_command("migrate", verbosity=0)
    learner = get_user_model().objects.create_user(LOGIN[0], password=LOGIN[1])
    with package.open("rb") as file:
        uploaded = SCORMPackage(package_file=File(file, name=package.name))
        uploaded.save()
    root = Page.objects.filter(depth=2).first()
    course = root.add_child(instance=CoursePage(title="Course"))
    lesson = SCORMLessonPage(title="Lesson", scorm_package=uploaded)
    course.add_child(instance=lesson)
    CourseEnrollment.objects.create(user=learner, course=course)
    print(  # noqa: T201  # for the test
        json.dumps(
            {
                "lesson": lesson.pk,
                "version": uploaded.manifest_data["version"],
                "title": uploaded.title,
                "launch": uploaded.launch_url,
            }
        )
    )


def _result() -> None:
    attempt = SCORMAttempt.objects.get()
    enrolled = CourseEnrollment.objects.get()
    print(  # noqa: T201  # for the test
        json.dumps(
            {
                "status": attempt.completion_status,
                "success": attempt.success_status,
                "score": attempt.score_raw,
                "kept": attempt.suspend_data,
                "completed": enrolled.completed_at is not None,
            }
        )
    )


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["prepare", package]:
            _prepare(Path(package))
        case ["result"]:
            _result()
        case ["serve", port]:
            call_command("runserver", f"127.0.0.1:{port}", use_reloader=False)

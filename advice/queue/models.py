"""Views of the queue that somebody keeps."""

from __future__ import annotations

from activity.saved.models import SavedViewModel, SavedViewsQuerySet


class QueueView(SavedViewModel):
    """A view of the queue with filters. Only its owner sees it: a filter holds what they look for."""

    MOST = 30

    objects = SavedViewsQuerySet["QueueView"].as_manager()

    class Meta(SavedViewModel.Meta):
        pass
